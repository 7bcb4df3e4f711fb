import { fractionDigitsOf, type Money } from "../../../functions/src/contract/money.js";

/**
 * Formats an amount for display, such as "€5.00". Amounts are in the currency's smallest unit, which is a hundredth in most
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

/**
 * The amount in the currency's smallest unit that a person means by a number: 5 is 500 in EUR and 5 in JPY.
 *
 * @example
 * ```ts
 * const amount = minorUnitsOf(5, "eur");
 * ```
 */
export function minorUnitsOf(value: number, currency: string): number {
  return Math.round(value * 10 ** fractionDigitsOf(currency));
}
