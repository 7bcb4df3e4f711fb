import type { z } from "zod";
import { AmbientError } from "./ambientError.js";

/** Checks the fields before the write, because the rules would deny it without naming the invalid field. */
export function requireValid(schema: z.ZodObject, fields: object): void {
  const read = schema.safeParse(fields);
  if (read.success) return;
  const issues = read.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  throw new AmbientError("INVALID_ARGUMENT", { details: { issues }, cause: read.error });
}
