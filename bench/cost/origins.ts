import { readCoefficients } from "./coefficients.js";
import { readPrices } from "./prices.js";

/** One sentence each on how much of the result is measured, and on the age of the prices. */
export async function origins(): Promise<string> {
  const [coefficients, prices] = await Promise.all([readCoefficients(), readPrices()]);
  const all = Object.values(coefficients);
  const from = (origin: string) => all.filter((each) => each.from === origin).length;
  const dates = Object.values(prices)
    .map(({ date }) => date)
    .sort();
  return (
    `Of ${all.length} coefficients ${from("bench:scale")} are measured by bench:scale, ${from("code")} counted from the code, ` +
    `${from("published")} published by LiveKit and ${from("assumed")} assumed. ` +
    `Prices are of ${dates.at(0)} to ${dates.at(-1)}.`
  );
}
