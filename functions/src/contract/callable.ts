import type { z } from "zod";
import type { LimitName } from "./limits.js";
import type { RefusalReason } from "./reasons.js";

/**
 * The contract of one callable. The server validates with it, the client package shares it, and the reference in
 * `docs/` is generated from it.
 */
export interface CallableContract<
  Request extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> {
  /** As it is deployed and called. */
  readonly name: string;
  readonly summary: string;
  /** Who may call, in words; the operation is what enforces it. */
  readonly who: string;
  readonly request: Request;
  readonly response: Response;
  /**
   * Counts each call whose request has the right shape, retries included. An operation that must not count
   * retries counts in its own transaction.
   */
  readonly limit?: LimitName;
  /**
   * Asks Firebase Auth whether the account is enabled. An ID token stays valid for up to an hour after
   * that, so this is required for calls that return longer-lived tokens or could recreate the account.
   */
  readonly enabledAccountOnly?: true;
  /**
   * How a suspended person is treated. By default the call is refused before the operation runs. `read`: the operation
   * reads the suspension together with its own documents, which saves a round trip. `ignored`: they may still call.
   */
  readonly suspension?: "read" | "ignored";
  /** Refuses everybody whose ID token or account lacks the custom claim `admin`, before the operation runs: NOT_ADMIN. */
  readonly adminOnly?: true;
  /** Its own refusals, in addition to ACCOUNT_SUSPENDED, INVALID_ARGUMENT, UNAUTHENTICATED, APP_CHECK_REQUIRED, CONTENTION and INTERNAL. */
  readonly reasons: readonly RefusalReason[];
}

/** Infers the two schemas, so that a contract needs no type arguments. */
export function defineCallable<Request extends z.ZodType, Response extends z.ZodType>(
  contract: CallableContract<Request, Response>,
): CallableContract<Request, Response> {
  return contract;
}
