import { Timestamp } from "firebase-admin/firestore";
import type { Caller } from "../caller.js";
import { deletionRef, userRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { leaveToSweep } from "../leaveToSweep.js";
import { readTogether } from "../readTogether.js";
import { carryOutDeletion, type DeletionDependencies } from "./carryOutDeletion.js";
import { leaveBeforeDeletion } from "./leaveBeforeDeletion.js";

/** How long the call works before it returns and leaves the rest to the sweep, in ms. */
const CALL_LASTS_MS = 20_000;

/**
 * Records the request and begins the deletion once it is due. Until then, the person only leaves every show.
 * `sweepDeletions` continues whatever is interrupted or fails. Safe to call again.
 */
export async function deleteAccount(
  deps: DeletionDependencies & Pick<Dependencies, "deletionGraceMs">,
  { uid }: Pick<Caller, "uid">,
): Promise<Record<string, never>> {
  const dueAt = await requestDeletion(deps, uid);
  const now = deps.clock.now();
  await leaveToSweep("the deletion is left to the sweep", { uid }, () =>
    dueAt > now ? leaveBeforeDeletion(deps, uid) : carryOutDeletion(deps, uid, now + CALL_LASTS_MS),
  );
  return {};
}

/**
 * Resolves with the time when the deletion is due, in ms since the epoch. The profile moves into the request: without it
 * nobody can join, start or create a show.
 */
export async function requestDeletion(
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
        isOut: false,
        profile: user.data() ?? null,
      })
      .delete(user.ref);
    return dueAt;
  });
}
