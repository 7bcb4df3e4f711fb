import { createHash } from "node:crypto";

/** One document per token: so a token belongs to one account. */
export function deviceIdOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
