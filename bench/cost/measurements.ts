import { z } from "zod";
import { writeAtomically } from "../../local/files/atomicFile.js";
import {
  coefficientName,
  coefficientsFile,
  coefficientsPath,
  readCoefficients,
  type CoefficientsFile,
} from "./coefficients.js";

/** What a run of `npm run bench:scale` counted: some of the coefficients, by their names. */
export const measurements = z.partialRecord(coefficientName, z.number().nonnegative());
export type Measurements = z.infer<typeof measurements>;

/** The coefficients with what was measured in place of what was counted from the code or assumed. */
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

/** For `npm run bench:scale`, at its end: keeps what it counted. The date is a day, as in 2026-11-29. */
export async function keepMeasurements(measured: Measurements, date: string): Promise<void> {
  const file = withMeasurements(await readCoefficients(), measured, date);
  await writeAtomically(coefficientsPath, `${JSON.stringify(file, null, 2)}\n`);
}
