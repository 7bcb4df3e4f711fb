import type { RefusalDetails } from "../../../functions/src/contract/reasons.js";
import type { PlayerDevice } from "../player/player.js";
import { field, numberField, stringField } from "../json.js";
import { type AmbientReason, serverReasonOf } from "./reason.js";

/**
 * More about the reason of an error, from the server or the app.
 *
 * @example
 * ```ts
 * const names = ({ devices = [] }: ErrorDetails) => devices.map(({ name }) => name);
 * ```
 */
export interface ErrorDetails extends RefusalDetails {
  /** `SPOTIFY_NO_DEVICE`: the devices that the listener can choose from. */
  readonly devices?: readonly PlayerDevice[];
}

/**
 * The error that every call and every player rejects with, and that error callbacks receive. Decide by `reason` what to do and what
 * to tell people; `message` is for developers.
 *
 * @example
 * ```ts
 * try {
 *   await ambient.join(showId);
 * } catch (error) {
 *   if (error instanceof AmbientError && error.reason === "BANNED") showBanned();
 *   else throw error;
 * }
 * ```
 */
export class AmbientError extends Error {
  /**
   * Identifies the error if it comes from another copy of this package.
   *
   * @example
   * ```ts
   * const isOurs = (thrown: unknown) => thrown instanceof Error && thrown.name === "AmbientError";
   * ```
   */
  override readonly name = "AmbientError";
  /**
   * Why it failed. Decide by it what to do and what to tell people.
   *
   * @example
   * ```ts
   * if (error.reason === "SIGNED_OUT") openSignIn();
   * else toast(messageFor(error.reason));
   * ```
   */
  readonly reason: AmbientReason;
  /**
   * More about the reason, such as the fields that are invalid or the show that is already live.
   *
   * @example
   * ```ts
   * for (const { path, message } of error.details.issues ?? []) log(path, message);
   * ```
   */
  readonly details: ErrorDetails;

  constructor(reason: AmbientReason, options: { details?: ErrorDetails; cause?: unknown } = {}) {
    const causeMessage = field(options.cause, "message");
    super(typeof causeMessage === "string" ? `${reason}: ${causeMessage}` : reason, {
      cause: options.cause,
    });
    this.reason = reason;
    this.details = options.details ?? {};
  }

  /**
   * How many seconds to wait before trying again, if known.
   *
   * @example
   * ```ts
   * setHint(error.retryAfterSeconds === undefined ? "" : `in ${error.retryAfterSeconds} s`);
   * ```
   */
  get retryAfterSeconds(): number | undefined {
    return this.details.retryAfterSeconds;
  }
}

/**
 * Turns any error of an SDK into an `AmbientError`.
 *
 * @example
 * ```ts
 * promise.catch((error: unknown) => toast(messageFor(asAmbientError(error).reason)));
 * ```
 */
export function asAmbientError(error: unknown): AmbientError {
  if (error instanceof AmbientError) return error;
  const details = field(error, "details");
  const reason = serverReasonOf(field(details, "reason")) ?? reasonOfCode(error);
  return new AmbientError(reason, { details: detailsOf(details), cause: error });
}

/** Maps error codes of Firestore, Auth and callables that gave no reason. */
function reasonOfCode(error: unknown): AmbientReason {
  const code = stringField(error, "code")
    ?.replace(/^[a-z]+\//, "")
    .toLowerCase()
    .replaceAll("_", "-");
  switch (code) {
    case "permission-denied":
      return "PERMISSION_DENIED";
    case "unauthenticated":
    case "user-token-expired":
    case "invalid-refresh-token":
    case "user-disabled":
    case "requires-recent-login":
      return "SIGNED_OUT";
    case "invalid-argument":
      return "INVALID_ARGUMENT";
    case "not-found":
      return "NOT_FOUND";
    case "aborted":
      return "CONTENTION";
    case "unavailable":
    case "deadline-exceeded":
    case "network-request-failed":
    // The app never cancels these calls: gRPC uses this code when the connection breaks during a call.
    case "cancelled":
    // On iOS, every failure of the network except a timeout has this code. Our server never answers with it.
    case "unknown":
      return "OFFLINE";
    case "internal":
      // The JS SDK's callables use this code, with HTTP status 0, when nothing answers.
      return stringField(error, "message")?.endsWith("[0]") ? "OFFLINE" : "INTERNAL";
    default:
      return "INTERNAL";
  }
}

function detailsOf(details: unknown): RefusalDetails {
  const retryAfterSeconds = numberField(details, "retryAfterSeconds");
  const maxSpeakers = numberField(details, "maxSpeakers");
  const statement = stringField(details, "statement");
  const until = numberField(details, "until");
  const status = stringField(details, "status");
  const showId = stringField(details, "showId");
  const correlationId = stringField(details, "correlationId");
  const issues = field(details, "issues");
  return {
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(maxSpeakers !== undefined && { maxSpeakers }),
    ...(statement !== undefined && { statement }),
    ...(until !== undefined && { until }),
    ...(status !== undefined && { status }),
    ...(showId !== undefined && { showId }),
    ...(correlationId !== undefined && { correlationId }),
    ...(Array.isArray(issues) && {
      issues: issues.map((issue) => ({
        path: stringField(issue, "path") ?? "",
        message: stringField(issue, "message") ?? "",
      })),
    }),
  };
}
