import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import { endStay } from "../audience/endStay.js";
import { applyEntitlement } from "../audio/applyEntitlement.js";
import type { Caller } from "../caller.js";
import {
  banRef,
  participantRef,
  showRef,
  songRequestsRef,
  songVotesRef,
  speakRequestRef,
} from "../collections.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { select } from "../queries.js";
import { readTogether } from "../readTogether.js";
import { assertWithinReach, hosting } from "../stage/authority.js";
import type { removeParticipant as contract } from "../contract/moderation.js";

/**
 * Removes a person, with their open song requests and their votes, in one transaction. They have left the audio room
 * when this resolves, or once the room is updated.
 */
export async function removeParticipant(
  deps: Pick<Dependencies, "firestore" | "clock" | "rooms" | "tasks">,
  caller: Pick<Caller, "uid">,
  { showId, uid, ban }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  await db.runTransaction(async (transaction) => {
    const [showSnapshot, callerSnapshot, participant, request, banSnapshot] = await readTogether(
      transaction,
      showRef(db, showId),
      participantRef(db, showId, caller.uid),
      participantRef(db, showId, uid),
      speakRequestRef(db, showId, uid),
      banRef(db, showId, uid),
    );
    const { show, host } = hosting(showSnapshot.data(), callerSnapshot.data(), caller.uid);
    const current = participant.data();
    assertWithinReach(host, show, { uid, role: current?.role });
    if (ban !== true && !current) throw new Refusal("NOT_PARTICIPANT");

    const isLost = current?.state === "lost";
    if (current?.state === "present" || isLost || (ban === true && current?.state === "left")) {
      const songs = await transaction.get(
        select(songRequestsRef(db, showId), queries.openSongRequestsBy, uid, "open"),
      );
      endStay(deps, transaction, showId, { participant, request }, "remove", caller.uid);
      for (const song of songs.docs) transaction.delete(song.ref);
      transaction.delete(songVotesRef(db, showId, uid));
    }
    if (ban === true && !banSnapshot.exists) {
      const at = Timestamp.fromMillis(deps.clock.now());
      transaction.set(banSnapshot.ref, { uid, by: caller.uid, at, reason: null });
    }
  });
  await applyEntitlement(deps, showId, uid, null);
  return {};
}
