import type { LimitName } from "../contract/limits.js";

/** Counts a call. Refuses with RATE_LIMITED. */
export type Limiter = (limit: LimitName, subject: string) => Promise<void>;
