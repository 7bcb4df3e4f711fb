import fc from "fast-check";

/** Texts that code handles wrongly when it concatenates, splits, folds or counts them. */
const hostileTexts: readonly string[] = [
  "",
  " ",
  "\u0000",
  "\u200B",
  "\u202Eevil",
  "\uD800",
  "a\uDC00",
  "a/b",
  ".",
  "..",
  "__id__",
  "__proto__",
  "constructor",
  "NaN",
  "Infinity",
  "1e999",
  "null",
  "undefined",
  "%00",
  "\r\nSet-Cookie: a=b",
  "<script>alert(1)</script>",
  "\u0130\u1E9E\uFDFA".repeat(20),
  "👩‍👩‍👧‍👦".repeat(30),
  "x".repeat(129),
  "é".repeat(750),
  "x".repeat(1_500),
];

const hostileNumbers: readonly number[] = [
  -1,
  -0,
  0.5,
  1e21,
  -1e308,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  8_640_000_000_000_001,
];

/** Keys with which a careless merge changes every object of a process. */
export const hostileKeys: readonly string[] = [
  "__proto__",
  "constructor",
  "toString",
  "@type",
  "",
  "a.b",
  "uid",
];

/** A JSON value with `value` under the key, as JSON.parse makes it: `__proto__` becomes an ordinary key. */
export function under(key: string, value: unknown): Record<string, unknown> {
  return Object.fromEntries([[key, value]]);
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

export const hostileText = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
);

/** Any JSON value, at times deep, large or named after a prototype. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 40, arbitrary: hostileText },
  { weight: 20, arbitrary: fc.constantFrom(...hostileNumbers) },
  { weight: 20, arbitrary: fc.constantFrom(null, true, false, [], {}, [null], [[]]) },
  { weight: 20, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  {
    weight: 15,
    arbitrary: fc
      .tuple(fc.constantFrom(...hostileKeys), fc.jsonValue({ maxDepth: 1 }))
      .map(([key, value]) => under(key, value)),
  },
  { weight: 5, arbitrary: fc.constantFrom(20, 200, 1_000).map(nested) },
  {
    weight: 5,
    arbitrary: fc.constantFrom(501, 10_000).map((length) => Array<string>(length).fill("x")),
  },
  { weight: 1, arbitrary: fc.constantFrom(65_536, 1_000_000).map((size) => "x".repeat(size)) },
);
