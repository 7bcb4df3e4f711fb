/**
 * A Java class file, as far as it is needed to change a method in place.
 *
 * @see {@link https://docs.oracle.com/javase/specs/jvms/se21/html/jvms-4.html | The class File Format}
 */
export class ClassFile {
  #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = Buffer.from(bytes);
    if (this.#bytes.readUInt32BE(0) !== 0xcafebabe) throw new Error("This is not a class file.");
  }

  get bytes(): Buffer {
    return this.#bytes;
  }

  /** Lets only one thread at a time run the methods of this name. */
  synchronize(name: string): void {
    for (const { accessAt } of this.#methods(name)) {
      this.#bytes.writeUInt16BE(this.#bytes.readUInt16BE(accessAt) | ACC_SYNCHRONIZED, accessAt);
    }
  }

  /** Replaces the only place in a method's code that matches `pattern` by as many bytes. */
  replaceCode(name: string, pattern: RegExp, replacement: Buffer): void {
    for (const { codeAt, codeLength } of this.#methods(name)) {
      const code = this.#bytes.subarray(codeAt, codeAt + codeLength).toString("latin1");
      const found = [...code.matchAll(pattern)];
      const [place] = found;
      if (!place || found.length > 1 || place[0].length !== replacement.length) {
        throw new Error(`The code of ${name} is not the expected one.`);
      }
      replacement.copy(this.#bytes, codeAt + place.index);
    }
  }

  /** Adds a constant and returns its index. */
  addMethod(owner: string, name: string, descriptor: string): number {
    const className = this.#addConstant(UTF8, lengthAnd(owner));
    const methodName = this.#addConstant(UTF8, lengthAnd(name));
    const methodType = this.#addConstant(UTF8, lengthAnd(descriptor));
    const ownerClass = this.#addConstant(CLASS, indices(className));
    const nameAndType = this.#addConstant(NAME_AND_TYPE, indices(methodName, methodType));
    return this.#addConstant(METHOD, indices(ownerClass, nameAndType));
  }

  addLong(value: bigint): number {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(value);
    return this.#addConstant(LONG, bytes);
  }

  #addConstant(tag: number, content: Buffer): number {
    const end = this.#endOfConstants();
    const bytes = this.#bytes;
    const index = bytes.readUInt16BE(COUNT_AT);
    bytes.writeUInt16BE(index + slotsOf(tag), COUNT_AT);
    this.#bytes = Buffer.concat([
      bytes.subarray(0, end),
      Buffer.from([tag]),
      content,
      bytes.subarray(end),
    ]);
    return index;
  }

  #endOfConstants(): number {
    const count = this.#bytes.readUInt16BE(COUNT_AT);
    let at = COUNT_AT + 2;
    for (let index = 1; index < count;) {
      const tag = this.#bytes.readUInt8(at);
      index += slotsOf(tag);
      at += this.#lengthOfConstant(tag, at);
    }
    return at;
  }

  #lengthOfConstant(tag: number, at: number): number {
    if (tag === UTF8) return 3 + this.#bytes.readUInt16BE(at + 1);
    const length = CONSTANT_LENGTHS[tag];
    if (length === undefined) throw new Error(`The class file has an unknown constant: ${tag}.`);
    return 1 + length;
  }

  #names(): ReadonlyMap<number, string> {
    const names = new Map<number, string>();
    const end = this.#endOfConstants();
    let index = 1;
    for (let at = COUNT_AT + 2; at < end;) {
      const tag = this.#bytes.readUInt8(at);
      const length = this.#lengthOfConstant(tag, at);
      if (tag === UTF8) names.set(index, this.#bytes.toString("utf8", at + 3, at + length));
      index += slotsOf(tag);
      at += length;
    }
    return names;
  }

  #methods(wanted: string): readonly Method[] {
    const names = this.#names();
    const bytes = this.#bytes;
    // After the constants: access flags, this class, super class, then the interfaces.
    let at = this.#endOfConstants() + 6;
    at += 2 + 2 * bytes.readUInt16BE(at);
    const methods: Method[] = [];
    for (const kind of ["field", "method"]) {
      const count = bytes.readUInt16BE(at);
      at += 2;
      for (let member = 0; member < count; member += 1) {
        const accessAt = at;
        const name = names.get(bytes.readUInt16BE(at + 2));
        let code = { codeAt: 0, codeLength: 0 };
        const attributes = bytes.readUInt16BE(at + 6);
        at += 8;
        for (let attribute = 0; attribute < attributes; attribute += 1) {
          if (names.get(bytes.readUInt16BE(at)) === "Code") {
            code = { codeAt: at + 14, codeLength: bytes.readUInt32BE(at + 10) };
          }
          at += 6 + bytes.readUInt32BE(at + 2);
        }
        if (kind === "method" && name === wanted) methods.push({ accessAt, ...code });
      }
    }
    if (methods.length === 0) throw new Error(`The class has no method ${wanted}.`);
    return methods;
  }
}

interface Method {
  readonly accessAt: number;
  readonly codeAt: number;
  readonly codeLength: number;
}

const ACC_SYNCHRONIZED = 0x0020;
/** Where the number of constants stands. */
const COUNT_AT = 8;
const UTF8 = 1;
const LONG = 5;
const DOUBLE = 6;
const CLASS = 7;
const METHOD = 10;
const NAME_AND_TYPE = 12;
/** The bytes that follow a constant's tag. */
const CONSTANT_LENGTHS: Readonly<Record<number, number>> = {
  3: 4,
  4: 4,
  [LONG]: 8,
  [DOUBLE]: 8,
  [CLASS]: 2,
  8: 2,
  9: 4,
  [METHOD]: 4,
  11: 4,
  [NAME_AND_TYPE]: 4,
  15: 3,
  16: 2,
  17: 4,
  18: 4,
  19: 2,
  20: 2,
};

const slotsOf = (tag: number): number => (tag === LONG || tag === DOUBLE ? 2 : 1);

function lengthAnd(text: string): Buffer {
  return Buffer.concat([indices(Buffer.byteLength(text)), Buffer.from(text)]);
}

function indices(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [position, value] of values.entries()) bytes.writeUInt16BE(value, 2 * position);
  return bytes;
}
