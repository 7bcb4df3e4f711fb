import { z } from "zod";
import { writeAtomically } from "../../local/files/atomicFile.js";
import {
  coefficientName,
  coefficientsFile,
  coefficientsPath,
  readCoefficients,
  unexplained,
  type CoefficientName,
  type CoefficientsFile,
} from "./coefficients.js";

/** The results of `npm run bench:scale`, by the names of the coefficients. */
export const measurements = z.partialRecord(coefficientName, z.number().nonnegative());
export type Measurements = z.infer<typeof measurements>;

/** Replaces counted or assumed coefficients with measured values. */
export function withMeasurements(
  file: CoefficientsFile,
  measured: Measurements,
  date: string,
): CoefficientsFile {
  const changed = Object.entries(measurements.parse(measured)).map(([name, value]) => {
    const { unit, what, basis } = file[coefficientName.parse(name)];
    return [name, { value, unit, what, from: "bench:scale", basis, date }];
  });
  return coefficientsFile.parse({ ...file, ...Object.fromEntries(changed) });
}

/**
 * Stores the results at the end of `npm run bench:scale`, and returns those whose `basis` has to be corrected: a test fails
 * until then. The date is a day such as 2026-11-29.
 */
export async function keepMeasurements(
  measured: Measurements,
  date: string,
): Promise<readonly CoefficientName[]> {
  const file = withMeasurements(await readCoefficients(), measured, date);
  await writeAtomically(coefficientsPath, `${JSON.stringify(file, null, 2)}\n`);
  return unexplained(file);
}
