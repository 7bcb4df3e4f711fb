const ACC_SYNCHRONIZED = 0x0020;
/** The offset of the number of constants. */
const COUNT_AT = 8;
const UTF8 = 1;
const LONG = 5;
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

interface Constant {
  readonly index: number;
  readonly tag: number;
  readonly at: number;
  readonly length: number;
}

/**
 * The constants of a Java class file.
 *
 * @see {@link https://docs.oracle.com/javase/specs/jvms/se21/html/jvms-4.html | The class File Format}
 */
function constantsOf(bytes: Buffer): readonly Constant[] {
  if (bytes.readUInt32BE(0) !== 0xcafebabe) throw new Error("This is not a class file.");
  const constants: Constant[] = [];
  let at = COUNT_AT + 2;
  for (let index = 1; index < bytes.readUInt16BE(COUNT_AT);) {
    const tag = bytes.readUInt8(at);
    const length = tag === UTF8 ? 3 + bytes.readUInt16BE(at + 1) : CONSTANT_LENGTHS[tag];
    if (length === undefined) throw new Error(`The class file has an unknown constant: ${tag}.`);
    constants.push({ index, tag, at, length });
    index += DOUBLE_SLOTS.includes(tag) ? 2 : 1;
    at += length;
  }
  return constants;
}

/** Replaces the only constant that equals `before`. */
function replace(classFile: Buffer, before: Buffer, after: Buffer): Buffer {
  const found = constantsOf(classFile).filter(({ at, length }) =>
    classFile.subarray(at, at + length).equals(before),
  );
  const [constant] = found;
  if (!constant || found.length > 1) {
    throw new Error(`The class file has ${found.length} such constants.`);
  }
  const { at, length } = constant;
  return Buffer.concat([classFile.subarray(0, at), after, classFile.subarray(at + length)]);
}

/** Replaces a number of type `long`, which must occur once. */
export function replaceLong(classFile: Buffer, before: bigint, after: bigint): Buffer {
  const constant = (value: bigint): Buffer => {
    const bytes = Buffer.alloc(9);
    bytes.writeUInt8(LONG);
    bytes.writeBigInt64BE(value, 1);
    return bytes;
  };
  return replace(classFile, constant(before), constant(after));
}

/** Replaces a name, such as that of a method that the class calls. It must occur once. */
export function replaceName(classFile: Buffer, before: string, after: string): Buffer {
  const constant = (name: string): Buffer => {
    const bytes = Buffer.alloc(3);
    bytes.writeUInt8(UTF8);
    bytes.writeUInt16BE(Buffer.byteLength(name), 1);
    return Buffer.concat([bytes, Buffer.from(name)]);
  };
  return replace(classFile, constant(before), constant(after));
}

/** Lets only one thread at a time run the methods of these names on an object. */
export function synchronize(classFile: Buffer, methods: readonly string[]): Buffer {
  const bytes = Buffer.from(classFile);
  const constants = constantsOf(bytes);
  const names = new Map(
    constants
      .filter(({ tag }) => tag === UTF8)
      .map(({ index, at, length }) => [index, bytes.toString("utf8", at + 3, at + length)]),
  );
  const last = constants.at(-1);
  // After the constants come the access flags, this class, the super class, then the interfaces.
  let at = (last ? last.at + last.length : COUNT_AT + 2) + 6;
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
