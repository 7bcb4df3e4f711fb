import type { z } from "zod";
import { AmbientError } from "./ambientError.js";

/** The rules deny without a reason: what is wrong in itself is refused before, with the fields. */
export function requireValid(schema: z.ZodObject, fields: object): void {
  const read = schema.safeParse(fields);
  if (read.success) return;
  const issues = read.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  throw new AmbientError("INVALID_ARGUMENT", { details: { issues }, cause: read.error });
}
