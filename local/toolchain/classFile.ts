const ACC_SYNCHRONIZED = 0x0020;
/** Where the number of constants stands. */
const COUNT_AT = 8;
const UTF8 = 1;
/** The lengths of constants with their tag, by tag. */
const CONSTANT_LENGTHS: Readonly<Record<number, number>> = {
  3: 5,
  4: 5,
  5: 9,
  6: 9,
  7: 3,
  8: 3,
  9: 5,
  10: 5,
  11: 5,
  12: 5,
  15: 4,
  16: 3,
  17: 5,
  18: 5,
  19: 3,
  20: 3,
};
/** Long and double count twice. */
const DOUBLE_SLOTS = [5, 6];

/**
 * Changes a Java class file so that only one thread at a time runs the methods of these names on an object.
 *
 * @see {@link https://docs.oracle.com/javase/specs/jvms/se21/html/jvms-4.html | The class File Format}
 */
export function synchronize(classFile: Buffer, methods: readonly string[]): Buffer {
  if (classFile.readUInt32BE(0) !== 0xcafebabe) throw new Error("This is not a class file.");
  const bytes = Buffer.from(classFile);
  const names = new Map<number, string>();
  let at = COUNT_AT + 2;
  for (let index = 1; index < bytes.readUInt16BE(COUNT_AT);) {
    const tag = bytes.readUInt8(at);
    const length = tag === UTF8 ? 3 + bytes.readUInt16BE(at + 1) : CONSTANT_LENGTHS[tag];
    if (length === undefined) throw new Error(`The class file has an unknown constant: ${tag}.`);
    if (tag === UTF8) names.set(index, bytes.toString("utf8", at + 3, at + length));
    index += DOUBLE_SLOTS.includes(tag) ? 2 : 1;
    at += length;
  }
  // Access flags, this class, super class, then the interfaces.
  at += 6;
  at += 2 + 2 * bytes.readUInt16BE(at);
  const missing = new Set(methods);
  for (const kind of ["field", "method"]) {
    let members = bytes.readUInt16BE(at);
    at += 2;
    for (; members > 0; members -= 1) {
      const name = names.get(bytes.readUInt16BE(at + 2)) ?? "";
      if (kind === "method" && methods.includes(name)) {
        bytes.writeUInt16BE(bytes.readUInt16BE(at) | ACC_SYNCHRONIZED, at);
        missing.delete(name);
      }
      let attributes = bytes.readUInt16BE(at + 6);
      at += 8;
      for (; attributes > 0; attributes -= 1) at += 6 + bytes.readUInt32BE(at + 2);
    }
  }
  if (missing.size > 0) throw new Error(`The class has no method ${[...missing].join(", ")}.`);
  return bytes;
}
