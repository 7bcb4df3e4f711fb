import type { CallableRequest } from "firebase-functions/https";
import type { CallableContract } from "./contract/callable.js";
import { limits } from "./contract/limits.js";
import { assertAdminInAuth } from "./admins/assertAdmin.js";
import type { Caller } from "./caller.js";
import type { Dependencies } from "./dependencies.js";
import { Refusal } from "./errors.js";
import { networkOf } from "./limits/network.js";

/** The parts of a call that decide whether it may run, regardless of its payload. */
export interface Arrival {
  /** Set where firebase-functions has verified an App Check token. */
  readonly app?: CallableRequest["app"];
  readonly rawRequest: { header(name: string): string | undefined };
}

export type AppCheckVerdict = "valid" | "missing" | "invalid";

/** firebase-functions verifies each token, and lets the call through whatever the result is. */
export function appCheckOf({ app, rawRequest }: Arrival): AppCheckVerdict {
  if (app) return "valid";
  return rawRequest.header("x-firebase-appcheck") === undefined ? "missing" : "invalid";
}

/**
 * Counts a call against the limit that its contract names, and refuses suspended people unless the contract says otherwise.
 * Where the contract demands an enabled account or an admin's, asks whether it is one. All at once, so that it takes one
 * round trip. Refuses with RATE_LIMITED, ACCOUNT_SUSPENDED, ACCOUNT_DISABLED, NOT_ADMIN.
 */
export async function admit(
  deps: Pick<
    Dependencies,
    "limiter" | "accounts" | "refuseSuspended" | "networkKey" | "trustedProxies"
  >,
  {
    limit,
    enabledAccountOnly,
    suspension,
    adminOnly,
  }: Pick<CallableContract, "limit" | "enabledAccountOnly" | "suspension" | "adminOnly">,
  caller: Caller | null,
  { rawRequest }: Arrival,
): Promise<void> {
  const uid = caller?.uid ?? null;
  const subject = () => {
    if (limit === undefined) return null;
    if (limits[limit].per === "account") return uid;
    const network = networkOf(rawRequest.header("x-forwarded-for"), deps.trustedProxies);
    // Without a proxy, as on a developer's machine, the address is missing.
    return network === null ? null : deps.networkKey(network);
  };
  const counted = subject();
  const [isDisabled] = await Promise.all([
    enabledAccountOnly === true && uid !== null && deps.accounts.isDisabled(uid),
    limit !== undefined && counted !== null && deps.limiter(limit, counted),
    suspension === undefined && uid !== null && deps.refuseSuspended(uid),
    adminOnly === true && caller !== null && assertAdminInAuth(deps, caller),
  ]);
  if (!isDisabled) return;
  // A suspension disables the account, and says why.
  if (suspension === "read" && uid !== null) await deps.refuseSuspended(uid);
  throw new Refusal("ACCOUNT_DISABLED");
}
