import { attemptAll, attemptInTurn } from "../attemptAll.js";
import { leaveLiveShows } from "../audience/leaveLiveShows.js";
import { deletionRef, suspensionRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { leaveToSweep } from "../leaveToSweep.js";
import { readTogether } from "../readTogether.js";
import { settleShowsOf } from "../shows/settleVisibility.js";
import { endLiveShowOf } from "../shows/endLiveShowOf.js";
import { isSuspended } from "../identity/assertNotSuspended.js";

type SuspendingDependencies = Pick<
  Dependencies,
  "firestore" | "clock" | "rooms" | "tasks" | "audienceIntervalMs" | "digestIntervalMs" | "accounts"
>;

type EndingDependencies = Pick<Dependencies, "firestore" | "clock" | "accounts">;

/**
 * Applies a stored suspension everywhere: disables the account, ends its live show, takes its shows out of all lists, and
 * removes the person from other shows and their rooms. Safe to repeat or interrupt: `isApplied` is written last. A person who joins at
 * this moment is refused by the same document, or found here.
 */
export async function applySuspension(deps: SuspendingDependencies, uid: string): Promise<void> {
  const ref = suspensionRef(deps.firestore, uid);
  const { isInForce, updateTime } = await readSuspension(deps, uid);
  if (!isInForce) return;
  await attemptInTurn(
    [
      () => agreeEverywhere(deps, uid),
      () => endLiveShowOf(deps, uid, "ended_by_admin"),
      () => leaveLiveShows(deps, uid, "remove"),
    ],
    "the suspension is not applied everywhere",
  );
  await deps.firestore.runTransaction(async (transaction) => {
    const current = await transaction.get(ref);
    // An admin has changed it in the meantime. That call applies the new version.
    if (!updateTime || current.updateTime?.isEqual(updateTime) !== true) return;
    transaction.update(ref, { isApplied: true });
  });
}

/** Applies a suspension at the end of a call. If something fails, the sweep completes it within a minute. */
export async function applySuspensionNow(deps: SuspendingDependencies, uid: string): Promise<void> {
  await leaveToSweep("the suspension is left to the sweep", { uid }, () =>
    applySuspension(deps, uid),
  );
}

/**
 * Ends a suspension whose time is over or that an admin lifted: the account works again, and its shows are listed again. Deletes the document,
 * unless the person has been suspended again in the meantime.
 */
export async function endSuspension(deps: EndingDependencies, uid: string): Promise<void> {
  const ref = suspensionRef(deps.firestore, uid);
  await agreeEverywhere(deps, uid);
  await deps.firestore.runTransaction(async (transaction) => {
    const current = (await transaction.get(ref)).data();
    if (current && !isSuspended(current, deps.clock.now())) transaction.delete(ref);
  });
}

/** Does the same at the end of a call. If something fails, the sweep completes it within a minute. */
export async function endSuspensionNow(deps: EndingDependencies, uid: string): Promise<void> {
  await leaveToSweep("the end of a suspension is left to the sweep", { uid }, () =>
    endSuspension(deps, uid),
  );
}

/** The account and the person's shows. */
function agreeEverywhere(deps: EndingDependencies, uid: string): Promise<void> {
  return attemptAll([agreeWithAuth, settleShowsOf], (agree) => agree(deps, uid));
}

/**
 * Disables or enables the account as the documents say, and repeats until both agree, so if a suspension starts and ends
 * at once, Firestore's last state wins. An account whose deletion has begun stays disabled.
 */
async function agreeWithAuth(deps: EndingDependencies, uid: string): Promise<void> {
  let isOut = await mustBeDisabled(deps, uid);
  for (;;) {
    if (isOut) await deps.accounts.disable(uid);
    else await deps.accounts.enable(uid);
    const latest = await mustBeDisabled(deps, uid);
    if (latest === isOut) return;
    isOut = latest;
  }
}

async function mustBeDisabled(
  { firestore, clock }: EndingDependencies,
  uid: string,
): Promise<boolean> {
  const [suspension, deletion] = await readTogether(
    firestore,
    suspensionRef(firestore, uid),
    deletionRef(firestore, uid),
  );
  const hasBegun = (deletion.data()?.begunAt ?? null) !== null;
  return hasBegun || isSuspended(suspension.data(), clock.now());
}

async function readSuspension({ firestore, clock }: EndingDependencies, uid: string) {
  const snapshot = await suspensionRef(firestore, uid).get();
  return {
    isInForce: isSuspended(snapshot.data(), clock.now()),
    updateTime: snapshot.updateTime,
  };
}
