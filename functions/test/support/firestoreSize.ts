/** The size of a string: its UTF-8 bytes plus one. */
const sizeOfText = (text: string) => Buffer.byteLength(text) + 1;

function sizeOfValue(value: unknown): number {
  if (value === null || typeof value === "boolean") return 1;
  if (typeof value === "number") return 8;
  if (typeof value === "string") return sizeOfText(value);
  if (Array.isArray(value)) {
    return value.reduce((sum: number, item: unknown) => sum + sizeOfValue(item), 0);
  }
  if (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    return sizeOfFields(value);
  }
  throw new Error(`the size of a ${typeof value} is not supported`);
}

const sizeOfFields = (fields: object) =>
  Object.entries(fields).reduce(
    (sum, [name, value]) => sum + sizeOfText(name) + sizeOfValue(value),
    0,
  );

/**
 * A document's size towards Firestore's limit of 1 MiB.
 * https://firebase.google.com/docs/firestore/storage-size
 */
export const firestoreSize = (path: string, fields: object | undefined) =>
  path.split("/").reduce((sum, part) => sum + sizeOfText(part), 16) +
  sizeOfFields(fields ?? {}) +
  32;
