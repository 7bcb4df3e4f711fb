import { randomBytes } from "node:crypto";

/** An id as Stripe's are. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString("hex")}`;
}
