import { z } from "zod";

/** ISO 4217 in lower case, as Stripe has it. */
export const currencyCode = z.string().regex(/^[a-z]{3}$/, "must be a currency like eur");

/** An amount in the currency's smallest unit as Stripe counts it: 500 is EUR 5.00, but JPY 500. */
export const minorUnits = z.int().positive().max(99_999_999);

export const money = z.object({ amount: minorUnits, currency: currencyCode });
export type Money = z.infer<typeof money>;

/** https://docs.stripe.com/currencies#zero-decimal */
const ZERO_DECIMAL = "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" ");
/** https://docs.stripe.com/currencies#three-decimal */
const THREE_DECIMAL = "bhd jod kwd omr tnd".split(" ");
/** Stripe counts these in hundredths, but takes no fractions. https://docs.stripe.com/currencies#special-cases */
const WHOLE_ONLY = "isk ugx".split(" ");

/** How many digits of an amount stand after the decimal point. */
export function fractionDigitsOf(currency: string): number {
  if (ZERO_DECIMAL.includes(currency)) return 0;
  return THREE_DECIMAL.includes(currency) ? 3 : 2;
}

/** Stripe takes only multiples of this. */
export function smallestStepOf(currency: string): number {
  if (WHOLE_ONLY.includes(currency)) return 100;
  return THREE_DECIMAL.includes(currency) ? 10 : 1;
}
