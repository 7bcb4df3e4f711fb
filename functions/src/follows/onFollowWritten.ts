import {
  Timestamp,
  type DocumentSnapshot,
  type Firestore,
  type Transaction,
} from "firebase-admin/firestore";
import { deletionRef, followRef, followsRef, hiddenRef, userRef } from "../collections.js";
import type { HiddenDocument } from "../contract/blocks.js";
import { MAX_FOLLOWED, type FollowsDocument } from "../contract/follows.js";
import type { Dependencies } from "../dependencies.js";
import type { DocumentWrite } from "../documentWrite.js";
import { readTogether } from "../readTogether.js";
import { askForFollowerCount } from "./askForFollowerCount.js";

/**
 * A person followed or unfollowed a creator: the person's own list follows, and the creator's followers are counted soon.
 * Adds the creator's uid to a follow that an app wrote without it, so that a creator's followers can be found. Deletes a
 * follow if the creator's account is being deleted, or if a block separates the two. Uses the current
 * documents, so late, repeated or reordered events do no harm.
 */
export async function onFollowWritten(
  deps: Pick<Dependencies, "firestore" | "clock" | "tasks">,
  {
    params: { uid, creatorUid },
  }: Pick<DocumentWrite<{ uid: string; creatorUid: string }>, "params">,
): Promise<void> {
  const { firestore: db, clock } = deps;
  await db.runTransaction(async (transaction) => {
    const [follow, list, hidden] = await readTogether(
      transaction,
      followRef(db, uid, creatorUid),
      followsRef(db, uid),
      hiddenRef(db, uid),
    );
    const current = follow.data();
    const isUnnamed = current !== undefined && current.creatorUid === undefined;
    const isLost =
      isApart(hidden, creatorUid) || (isUnnamed && (await isDeleted(db, transaction, creatorUid)));
    const isFollowed = current !== undefined && !isLost;
    if (current && !isFollowed) transaction.delete(follow.ref);
    else if (isUnnamed) transaction.update(follow.ref, { creatorUid });
    const creatorUids = listed(list, creatorUid, isFollowed);
    if (creatorUids?.length === 0) transaction.delete(list.ref);
    else if (creatorUids) {
      transaction.set(list.ref, { creatorUids, updatedAt: Timestamp.fromMillis(clock.now()) });
    }
  });
  // Outside the transaction: locks on the creator's profile would make its next count wait in a crowd of follows.
  const creator = (await userRef(db, creatorUid).get()).data();
  if (creator) await askForFollowerCount(deps, creatorUid, creator.followerCount);
}

/**
 * The deletion of an account finds the follows that name it. One that does not, and gets its name only now, would be missed.
 * While a deletion can be cancelled, the follow stays.
 */
async function isDeleted(
  db: Firestore,
  transaction: Transaction,
  creatorUid: string,
): Promise<boolean> {
  const [creator, deletion] = await readTogether(
    transaction,
    userRef(db, creatorUid),
    deletionRef(db, creatorUid),
  );
  return !creator.exists && deletion.data()?.begunAt !== null;
}

function isApart(hidden: DocumentSnapshot<HiddenDocument>, creatorUid: string): boolean {
  return hidden.data()?.uids.includes(creatorUid) === true;
}

/** The corrected list, or undefined if it is already correct. */
function listed(
  list: DocumentSnapshot<FollowsDocument>,
  creatorUid: string,
  isFollowed: boolean,
): string[] | undefined {
  const before = list.data()?.creatorUids ?? [];
  if (before.includes(creatorUid) === isFollowed) return undefined;
  const without = before.filter((each) => each !== creatorUid);
  return isFollowed ? [...without, creatorUid].slice(-MAX_FOLLOWED) : without;
}
