import { Timestamp } from "firebase-admin/firestore";
import { userRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { selectEverywhere } from "../queries.js";
import { retryConflicts } from "../retryConflicts.js";
import { askForFollowerCount } from "./askForFollowerCount.js";

/** If a count takes longer than this (in ms), it may have missed a change whose own count finished earlier. */
const SLOW_MS = 1_000;

/**
 * Writes how many people follow a creator. It counts all of them each time, so that events that arrive twice, late or not at
 * all do no harm. The count is outside any transaction: a lock on all follows would make people wait for it. Nothing
 * is written where the number is the same, because everyone who shows the profile reads each change.
 */
export async function countFollowers(
  deps: Pick<Dependencies, "firestore" | "clock" | "tasks">,
  { uid }: { readonly uid: string },
): Promise<void> {
  await retryConflicts(() => countOnce(deps, uid));
}

/** Rejects with FAILED_PRECONDITION if the profile changed since it was read. */
async function countOnce(
  deps: Pick<Dependencies, "firestore" | "clock" | "tasks">,
  uid: string,
): Promise<void> {
  const { firestore: db, clock } = deps;
  const begunAt = clock.now();
  const profile = await userRef(db, uid).get();
  const before = profile.data();
  if (!before || !profile.updateTime) return;
  const followers = selectEverywhere(db, queries.followersOf, uid);
  const { count: followerCount } = (await followers.count().get()).data();
  if (before.followerCount === followerCount) return;
  const now = clock.now();
  const changes = { followerCount, updatedAt: Timestamp.fromMillis(now) };
  const { updateTime: lastUpdateTime } = profile;
  await db.batch().update(profile.ref, changes, { lastUpdateTime }).commit();
  if (now - begunAt > SLOW_MS) await askForFollowerCount(deps, uid, followerCount);
}
