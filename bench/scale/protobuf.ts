/** One field of a protobuf message: a number, or the bytes of text, a message or packed values. */
export interface Field {
  readonly number: number;
  readonly value: number | Uint8Array;
}

const VARINT = 0;
const FIXED_64 = 1;
const BYTES = 2;
const FIXED_32 = 5;

/** Parses the top level of a protobuf message. https://protobuf.dev/programming-guides/encoding/ */
export function* fieldsOf(message: Uint8Array): Generator<Field> {
  let position = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[position++];
      if (byte === undefined) throw new Error("a protobuf message is incomplete");
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  };
  const bytes = (length: number): Uint8Array => {
    const start = position;
    position += length;
    if (position > message.length) throw new Error("a protobuf message is incomplete");
    return message.subarray(start, position);
  };
  while (position < message.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    switch (tag % 8) {
      case VARINT:
        yield { number, value: varint() };
        break;
      case FIXED_64:
        yield { number, value: bytes(8) };
        break;
      case BYTES:
        yield { number, value: bytes(varint()) };
        break;
      case FIXED_32:
        yield { number, value: bytes(4) };
        break;
      default:
        throw new Error(`protobuf wire type ${tag % 8} is not supported`);
    }
  }
}

/** The messages in the repeated field `number`. */
export function messagesIn(message: Uint8Array, number: number): Uint8Array[] {
  return [...fieldsOf(message)].flatMap((field) =>
    field.number === number && typeof field.value !== "number" ? [field.value] : [],
  );
}

/** The numbers in the repeated field `number`, packed or not. */
export function numbersIn(message: Uint8Array, number: number): number[] {
  return [...fieldsOf(message)].flatMap((field) => {
    if (field.number !== number) return [];
    return typeof field.value === "number" ? [field.value] : unpacked(field.value);
  });
}

function unpacked(bytes: Uint8Array): number[] {
  const values: number[] = [];
  let value = 0;
  let factor = 1;
  for (const byte of bytes) {
    value += (byte & 0x7f) * factor;
    factor *= 128;
    if (byte < 0x80) {
      values.push(value);
      value = 0;
      factor = 1;
    }
  }
  return values;
}

const decoder = new TextDecoder();

/** The text in the field `number`, or an empty string. */
export function textIn(message: Uint8Array, number: number): string {
  return decoder.decode(messagesIn(message, number).at(-1));
}
