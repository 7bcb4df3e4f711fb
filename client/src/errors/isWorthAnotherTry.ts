import type { AmbientError } from "./ambientError.js";
import type { AmbientReason } from "./reason.js";

/** After these reasons another attempt can succeed. Any other reason is final. */
const TRY_AGAIN: readonly AmbientReason[] = [
  "OFFLINE",
  "CONTENTION",
  "INTERNAL",
  "AUDIO_UNAVAILABLE",
  "RATE_LIMITED",
];

export function isWorthAnotherTry({ reason }: AmbientError): boolean {
  return TRY_AGAIN.includes(reason);
}
