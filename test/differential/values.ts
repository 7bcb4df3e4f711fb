import fc from "fast-check";
import { Bytes, type DocumentData, GeoPoint, serverTimestamp, Timestamp } from "firebase/firestore";
import { hostileKeys, hostileText } from "../fuzz/values.js";
import type { Subject } from "./subject.js";

/** A value of each of Firestore's types, and the ones that code confuses. */
const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 2, arbitrary: hostileText.map((text) => text.toWellFormed()) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      1,
      -1,
      0.5,
      NaN,
      Infinity,
      Number.MAX_SAFE_INTEGER,
      [],
      [null],
      [""],
      {},
      { a: 1 },
      Timestamp.fromMillis(0),
      Timestamp.fromMillis(4_102_444_800_000),
      serverTimestamp(),
      new GeoPoint(0, 0),
      Bytes.fromUint8Array(Uint8Array.of(1)),
    ),
  },
);

/** A write of a subject: mostly valid values, often with one change. */
export function writesOf({ fields }: Subject): fc.Arbitrary<DocumentData> {
  const known = fc
    .record(
      Object.fromEntries(
        Object.entries(fields).map(([field, values]) => [
          field,
          // The first value is the most ordinary one.
          fc.oneof(fc.constant(values[0]), fc.constantFrom(...values)),
        ]),
      ),
    )
    .map(withoutUndefined);
  const inOneField = fc
    .tuple(known, fc.constantFrom(...Object.keys(fields)), fc.option(anyValue, { nil: undefined }))
    .map(([written, field, value]) => withoutUndefined({ ...written, [field]: value }));
  const withAnotherField = fc
    .tuple(known, fc.constantFrom(...hostileKeys, "hostUid", "sent", "hiddenByReport"), anyValue)
    .map(([written, field, value]) => ({ ...written, [field]: value }));
  return fc.oneof(
    { weight: 3, arbitrary: known },
    { weight: 4, arbitrary: inOneField },
    { weight: 1, arbitrary: withAnotherField },
  );
}

function withoutUndefined(data: DocumentData): DocumentData {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}
