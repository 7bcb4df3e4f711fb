import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import { audioAccess } from "../audio/audioAccess.js";
import type { Caller } from "../caller.js";
import { admissionRef, banRef, participantRef, showRef, userRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { askForRecount } from "./askForRecount.js";
import { arrivingParticipant } from "./arrivingParticipant.js";
import type { joinShow as contract } from "../contract/audience.js";

/**
 * Joining writes one's own participant document and nothing else: the show document, which every
 * listener listens to, never changes because somebody came. Only a creator who comes back to a show
 * that a cohost leads takes the lead again there.
 */
export async function joinShow(
  deps: Pick<Dependencies, "firestore" | "clock" | "recounts" | "rooms">,
  caller: Caller,
  { showId }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const { participant, feed } = await db.runTransaction(async (transaction) => {
    const [showSnapshot, banSnapshot, participantSnapshot, userSnapshot] = await readTogether(
      transaction,
      showRef(db, showId),
      banRef(db, showId, caller.uid),
      participantRef(db, showId, caller.uid),
      userRef(db, caller.uid),
    );
    const show = showSnapshot.data();
    if (!show) throw new Refusal("SHOW_NOT_FOUND");
    if (banSnapshot.exists) throw new Refusal("BANNED");
    if (show.status !== "live") throw new Refusal("SHOW_NOT_LIVE", { status: show.status });
    const user = userSnapshot.data();
    if (!user) throw new Refusal("PROFILE_NOT_FOUND");

    const now = Timestamp.fromMillis(deps.clock.now());
    let participant = participantSnapshot.data();
    if (participant?.state === "present") {
      transaction.set(admissionRef(db, showId, caller.uid), { at: now });
    }
    if (participant?.state !== "present") {
      participant = arrivingParticipant(caller.uid, user, show.creatorUid, now);
      transaction.set(participantSnapshot.ref, participant);
    } else if (
      participant.displayName !== user.displayName ||
      participant.photoUrl !== user.photoUrl
    ) {
      // His comments have to carry the card that stands here.
      const card = { displayName: user.displayName, photoUrl: user.photoUrl };
      transaction.update(participantSnapshot.ref, card);
    }
    if (caller.uid === show.creatorUid && show.hostUid !== caller.uid) {
      transaction.update(showSnapshot.ref, {
        hostUid: caller.uid,
        updatedAt: now,
      });
    }
    return { participant, feed: show.commentFeed ?? ("direct" as const) };
  });
  await askForRecount(deps, showId);
  return {
    role: participant.role,
    audio: await audioAccess(deps, showId, caller.uid, participant),
    commentFeed: feed,
  };
}
