import { fractionDigitsOf, type Money } from "../../../functions/src/contract/money.js";

/**
 * An amount for people, such as "€5.00". Amounts are in the currency's smallest unit, which is a hundredth in most
 * currencies, but not in all: 500 is EUR 5.00 and JPY 500.
 *
 * @example
 * ```ts
 * const label = comment.support && moneyText(comment.support, "de-DE");
 * ```
 */
export function moneyText({ amount, currency }: Money, locale?: string): string {
  const digits = fractionDigitsOf(currency);
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: currency.toUpperCase(),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount / 10 ** digits);
}
