import { Timestamp } from "firebase-admin/firestore";
import type { Caller } from "../caller.js";
import { deletionRef, userRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { leaveToSweep } from "../leaveToSweep.js";
import { readTogether } from "../readTogether.js";
import { carryOutDeletion, type DeletionDependencies } from "./carryOutDeletion.js";
import { leaveShows } from "./leaveShows.js";

/** Then the caller gets an answer, and the sweep goes on (ms). */
const CALL_LASTS_MS = 20_000;

/**
 * Writes down that the account is to be deleted, and begins as soon as that is due. Whatever is interrupted or fails then,
 * `sweepDeletions` continues. Safe to call again.
 */
export async function deleteAccount(
  deps: DeletionDependencies & Pick<Dependencies, "deletionGraceMs">,
  { uid }: Pick<Caller, "uid">,
): Promise<Record<string, never>> {
  const dueAt = await requestDeletion(deps, uid);
  const now = deps.clock.now();
  if (dueAt > now) {
    await leaveShows(deps, uid);
    return {};
  }
  await leaveToSweep("the deletion is left to the sweep", { uid }, () =>
    carryOutDeletion(deps, uid, now + CALL_LASTS_MS),
  );
  return {};
}

/**
 * Resolves with the time when the deletion is due (ms since the epoch). The profile goes with the request: without it
 * nobody can join, start or create a show.
 */
async function requestDeletion(
  {
    firestore: db,
    clock,
    deletionGraceMs,
  }: Pick<Dependencies, "firestore" | "clock" | "deletionGraceMs">,
  uid: string,
): Promise<number> {
  return db.runTransaction(async (transaction) => {
    const [deletion, user] = await readTogether(
      transaction,
      deletionRef(db, uid),
      userRef(db, uid),
    );
    const pending = deletion.data();
    if (pending) return pending.dueAt.toMillis();
    const now = clock.now();
    const dueAt = now + deletionGraceMs;
    transaction
      .set(deletion.ref, {
        requestedAt: Timestamp.fromMillis(now),
        dueAt: Timestamp.fromMillis(dueAt),
        begunAt: null,
        profile: user.data() ?? null,
      })
      .delete(user.ref);
    return dueAt;
  });
}
