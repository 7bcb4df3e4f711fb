import { minorUnitsOf } from "@ambient/client";

/**
 * The amount, in the currency's smallest unit, that a person typed; undefined: not a number. Separators of thousands are
 * refused: "1,000" is 1 to some people and 1000 to others.
 */
export function amountOf(text: string, currency: string): number | undefined {
  const [, whole, fraction = ""] = /^\s*(\d+)(?:[.,](\d{1,2}))?\s*$/.exec(text) ?? [];
  const isPossible = 10 ** fraction.length <= minorUnitsOf(1, currency);
  return whole !== undefined && isPossible
    ? minorUnitsOf(Number(`${whole}.${fraction}`), currency)
    : undefined;
}
