import assert from "node:assert/strict";
import { replaceLong, replaceName } from "../../toolchain/classFile.js";

const utf8 = (text: string) =>
  Buffer.concat([Buffer.from([1, 0, Buffer.byteLength(text)]), Buffer.from(text)]);
const long = (value: number) => Buffer.from([5, 0, 0, 0, 0, 0, 0, 0, value]);

/** A class file up to the end of its constants. A `long` takes two numbers. */
function classFile(...constants: readonly Buffer[]): Buffer {
  const numbers = constants.reduce((sum, { length }, index) => {
    const isLong = constants[index]?.[0] === 5 && length === 9;
    return sum + (isLong ? 2 : 1);
  }, 1);
  const header = Buffer.from([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 65, 0, numbers]);
  return Buffer.concat([header, ...constants, Buffer.from("the rest")]);
}

describe("the constants of a Java class file", () => {
  it("can be replaced, also by longer ones, and what follows stays", () => {
    const before = classFile(utf8("toMillis"), long(2), utf8("toMillisPart"), long(60));
    const after = classFile(utf8("toSeconds"), long(7), utf8("toMillisPart"), long(60));
    assert.deepEqual(replaceLong(replaceName(before, "toMillis", "toSeconds"), 2n, 7n), after);
  });

  it("are replaced only where there is exactly one", () => {
    const file = classFile(long(2), utf8("a"), long(2));
    assert.throws(() => replaceLong(file, 2n, 1n), /has 2 such constants/);
    assert.throws(() => replaceLong(file, 3n, 1n), /has 0 such constants/);
    assert.throws(() => replaceName(file, "b", "c"), /has 0 such constants/);
    assert.throws(() => replaceName(Buffer.alloc(20), "a", "b"), /not a class file/);
  });
});
