import { warn as logWarning } from "firebase-functions/logger";
import { attemptInTurn } from "../attemptAll.js";
import { leaveLiveShows } from "../audience/leaveLiveShows.js";
import { suspensionRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { endLiveShowOf } from "../shows/endLiveShowOf.js";
import { isSuspended } from "../identity/assertNotSuspended.js";

type Needs = Pick<
  Dependencies,
  "firestore" | "clock" | "rooms" | "tasks" | "audienceIntervalMs" | "digestIntervalMs" | "accounts"
>;

/**
 * Makes a suspension that stands in Firestore take effect everywhere: the account is disabled, its live show ends,
 * and the person is out of every other show and its audio room. Safe to repeat and to break off: `isApplied` comes
 * last. Whoever joins at this moment is refused by the same document, or found here.
 */
export async function applySuspension(deps: Needs, uid: string): Promise<void> {
  const ref = suspensionRef(deps.firestore, uid);
  const { holds, updateTime } = await readSuspension(deps, uid);
  if (!holds) return;
  await attemptInTurn(
    [
      () => agreeWithAuth(deps, uid),
      () => endLiveShowOf(deps, uid, "ended_by_admin"),
      () => leaveLiveShows(deps, uid, "remove"),
    ],
    "the suspension is not applied everywhere",
  );
  await deps.firestore.runTransaction(async (transaction) => {
    const current = await transaction.get(ref);
    // An admin has changed it meanwhile, and applies what is new.
    if (!updateTime || current.updateTime?.isEqual(updateTime) !== true) return;
    transaction.update(ref, { isApplied: true });
  });
}

/** For the end of a call whose suspension stands in Firestore. What fails is done by the sweep within a minute. */
export async function applySuspensionNow(deps: Needs, uid: string): Promise<void> {
  try {
    await applySuspension(deps, uid);
  } catch (error) {
    logWarning("the suspension is left to the sweep", { uid, error: String(error) });
  }
}

/**
 * Ends a suspension whose time is over or that an admin lifted: the account works again. Deletes the document, unless
 * there is a new suspension meanwhile.
 */
export async function endSuspension(deps: Needs, uid: string): Promise<void> {
  const ref = suspensionRef(deps.firestore, uid);
  await agreeWithAuth(deps, uid);
  await deps.firestore.runTransaction(async (transaction) => {
    const current = (await transaction.get(ref)).data();
    if (current && !isSuspended(current, deps.clock.now())) transaction.delete(ref);
  });
}

/** The same, for the end of a call. What fails is done by the sweep within a minute. */
export async function endSuspensionNow(deps: Needs, uid: string): Promise<void> {
  try {
    await endSuspension(deps, uid);
  } catch (error) {
    logWarning("the end of a suspension is left to the sweep", { uid, error: String(error) });
  }
}

/**
 * Disables or enables the account as the suspension says, until both agree: of a suspension and its end at the same
 * moment, the one that Firestore says last wins.
 */
async function agreeWithAuth(deps: Needs, uid: string): Promise<void> {
  let { holds } = await readSuspension(deps, uid);
  for (;;) {
    if (holds) await deps.accounts.disable(uid);
    else await deps.accounts.enable(uid);
    const latest = await readSuspension(deps, uid);
    if (latest.holds === holds) return;
    holds = latest.holds;
  }
}

async function readSuspension({ firestore, clock }: Needs, uid: string) {
  const snapshot = await suspensionRef(firestore, uid).get();
  return {
    holds: isSuspended(snapshot.data(), clock.now()),
    updateTime: snapshot.updateTime,
  };
}
