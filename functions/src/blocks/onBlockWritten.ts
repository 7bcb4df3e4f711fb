import type { DocumentSnapshot, Firestore } from "firebase-admin/firestore";
import { leaveShow } from "../audience/leaveShow.js";
import {
  blockRef,
  followRef,
  hiddenRef,
  inboxRef,
  liveShowRef,
  participantRef,
} from "../collections.js";
import { type HiddenDocument, MAX_HIDDEN } from "../contract/blocks.js";
import type { Dependencies } from "../dependencies.js";
import type { DocumentWrite } from "../documentWrite.js";
import { isRefusal } from "../errors.js";
import { queries } from "../contract/queries.js";
import { eachPage } from "../eachPage.js";
import { select } from "../queries.js";
import { readTogether } from "../readTogether.js";
import { removeParticipant } from "../moderation/removeParticipant.js";

const PAGE = 300;
const OVER = ["SHOW_NOT_LIVE", "SHOW_NOT_FOUND", "NOT_PARTICIPANT"] as const;

/**
 * A person blocked another person or lifted a block. While either blocks the other, both are hidden from each
 * other and do not follow each other, and their inboxes lose each other's shows. The blocker leaves the other's live show,
 * and the blocked person is removed from the blocker's. Uses the current documents, so late, repeated or reordered events
 * do no harm.
 */
export async function onBlockWritten(
  deps: Pick<Dependencies, "firestore" | "clock" | "rooms" | "tasks">,
  { params }: Pick<DocumentWrite<{ uid: string; otherUid: string }>, "params">,
): Promise<void> {
  const { uid, otherUid } = params;
  const isBlocked = await hideFromEachOther(deps.firestore, uid, otherUid);
  if (!isBlocked) return;
  await Promise.all([
    forgetNotifications(deps.firestore, uid, otherUid),
    forgetNotifications(deps.firestore, otherUid, uid),
    withShowOf(deps, uid, otherUid, (showId) =>
      removeParticipant(deps, { uid }, { showId, uid: otherUid }),
    ),
    withShowOf(deps, otherUid, uid, (showId) => leaveShow(deps, { uid }, { showId })),
  ]);
}

/** Deletes what a person's inbox says about somebody's shows. */
async function forgetNotifications(db: Firestore, uid: string, creatorUid: string): Promise<void> {
  const inbox = select(inboxRef(db, uid), queries.everyNotificationOf).select("creatorUid");
  await eachPage(inbox, PAGE, async (page) => {
    const batch = db.batch();
    for (const entry of page) if (entry.get("creatorUid") === creatorUid) batch.delete(entry.ref);
    await batch.commit();
  });
}

/** Resolves with whether `uid` blocks `otherUid`. */
function hideFromEachOther(db: Firestore, uid: string, otherUid: string): Promise<boolean> {
  return db.runTransaction(async (transaction) => {
    const [block, blockBack, own, others] = await readTogether(
      transaction,
      blockRef(db, uid, otherUid),
      blockRef(db, otherUid, uid),
      hiddenRef(db, uid),
      hiddenRef(db, otherUid),
    );
    const areHidden = block.exists || blockBack.exists;
    if (areHidden) {
      // Their events take them off the lists and out of the numbers.
      transaction.delete(followRef(db, uid, otherUid));
      transaction.delete(followRef(db, otherUid, uid));
    }
    const sides: readonly (readonly [DocumentSnapshot<HiddenDocument>, string])[] = [
      [own, otherUid],
      [others, uid],
    ];
    for (const [hidden, person] of sides) {
      const before = hidden.data()?.uids ?? [];
      if (before.includes(person) === areHidden) continue;
      const without = before.filter((each) => each !== person);
      const uids = areHidden ? [...without, person].slice(-MAX_HIDDEN) : without;
      if (uids.length > 0) transaction.set(hidden.ref, { uids });
      else transaction.delete(hidden.ref);
    }
    return block.exists;
  });
}

/** Runs `put` with the creator's live show if the person is in it. */
async function withShowOf(
  { firestore }: Pick<Dependencies, "firestore">,
  creatorUid: string,
  personUid: string,
  put: (showId: string) => Promise<unknown>,
): Promise<void> {
  const showId = (await liveShowRef(firestore, creatorUid).get()).data()?.showId;
  if (showId === undefined) return;
  const participant = (await participantRef(firestore, showId, personUid).get()).data();
  if (participant?.state !== "present" && participant?.state !== "lost") return;
  try {
    await put(showId);
  } catch (error) {
    // The show may have ended, or the person may have left, at the same moment.
    if (!OVER.some((reason) => isRefusal(error, reason))) throw error;
  }
}
