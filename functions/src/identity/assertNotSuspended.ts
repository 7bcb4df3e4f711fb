import type { Firestore } from "firebase-admin/firestore";
import type { Clock } from "../clock.js";
import { suspensionRef } from "../collections.js";
import type { SuspensionDocument } from "../contract/suspensions.js";
import { Refusal } from "../errors.js";

/** Whether a suspension holds at `now`, in ms since the epoch. One that is over may stay until the sweep deletes it. */
export function isSuspended(
  suspension: SuspensionDocument | undefined,
  now: number,
): suspension is SuspensionDocument {
  return suspension !== undefined && (suspension.until?.toMillis() ?? Infinity) > now;
}

/**
 * ACCOUNT_SUSPENDED, with the end of the suspension and its reason, if it holds now. A person who can no longer sign in
 * cannot read the reason elsewhere.
 */
export function assertNotSuspended(suspension: SuspensionDocument | undefined, now: number): void {
  if (!isSuspended(suspension, now)) return;
  const { reason, until } = suspension;
  throw new Refusal("ACCOUNT_SUSPENDED", {
    statement: reason,
    ...(until && { until: until.toMillis() }),
  });
}

/** Does the same for a call whose operation does not read the suspension itself. */
export function refuseSuspended(
  firestore: Firestore,
  clock: Clock,
): (uid: string) => Promise<void> {
  return async (uid) => {
    const suspension = await suspensionRef(firestore, uid).get();
    assertNotSuspended(suspension.data(), clock.now());
  };
}
