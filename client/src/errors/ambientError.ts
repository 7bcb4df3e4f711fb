import type { RefusalDetails } from "../../../functions/src/contract/reasons.js";
import { field, numberField, stringField } from "../json.js";
import { type AmbientReason, serverReasonOf } from "./reason.js";

/**
 * Everything that Ambient rejects with, and hands to the error callback of a subscription. An app chooses what to
 * do, and its words, by `reason`; `message` is for developers.
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
   * For code that has the error from another copy of this package.
   *
   * @example
   * ```ts
   * const isOurs = (thrown: unknown) => thrown instanceof Error && thrown.name === "AmbientError";
   * ```
   */
  override readonly name = "AmbientError";
  /**
   * What went wrong: what an app chooses by what it does, and its words.
   *
   * @example
   * ```ts
   * if (error.reason === "SIGNED_OUT") openSignIn();
   * else toast(messageFor(error.reason));
   * ```
   */
  readonly reason: AmbientReason;
  /**
   * What else is known: the fields that are wrong, the show that is live already.
   *
   * @example
   * ```ts
   * for (const { path, message } of error.details.issues ?? []) log(path, message);
   * ```
   */
  readonly details: RefusalDetails;

  constructor(reason: AmbientReason, options: { details?: RefusalDetails; cause?: unknown } = {}) {
    const said = field(options.cause, "message");
    super(typeof said === "string" ? `${reason}: ${said}` : reason, { cause: options.cause });
    this.reason = reason;
    this.details = options.details ?? {};
  }

  /**
   * When another try makes sense, in seconds, where that is known.
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
 * Whatever an SDK threw, as an `AmbientError`.
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

/** Firestore's and Auth's codes, and those of a callable that refused without a reason. */
function reasonOfCode(error: unknown): AmbientReason {
  const code = stringField(error, "code")?.replace(/^[a-z]+\//, "");
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
    // By nobody here: so gRPC calls it when the connection ends under it.
    case "cancelled":
      return "OFFLINE";
    case "internal":
      // So the callables of the JS SDK call it when nothing answers, with the HTTP status 0.
      return stringField(error, "message")?.endsWith("[0]") ? "OFFLINE" : "INTERNAL";
    default:
      return field(Reflect.get(globalThis, "navigator"), "onLine") === false
        ? "OFFLINE"
        : "INTERNAL";
  }
}

function detailsOf(details: unknown): RefusalDetails {
  const retryAfterSeconds = numberField(details, "retryAfterSeconds");
  const maxSpeakers = numberField(details, "maxSpeakers");
  const status = stringField(details, "status");
  const showId = stringField(details, "showId");
  const correlationId = stringField(details, "correlationId");
  const issues = field(details, "issues");
  return {
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(maxSpeakers !== undefined && { maxSpeakers }),
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
