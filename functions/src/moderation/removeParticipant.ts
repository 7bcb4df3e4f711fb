import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import { applyEntitlement } from "../audio/applyEntitlement.js";
import { writeLease } from "../presence/lease.js";
import type { Caller } from "../caller.js";
import { banRef, participantRef, showRef, speakRequestRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { assertWithinReach, hosting } from "../stage/authority.js";
import { move } from "../stage/move.js";
import type { removeParticipant as contract } from "../contract/moderation.js";

/**
 * Puts a person out: out of the documents in one transaction, and out of the audio room before this
 * resolves, or as soon as the room can be told.
 */
export async function removeParticipant(
  deps: Pick<Dependencies, "firestore" | "clock" | "rooms" | "tasks">,
  caller: Caller,
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

    const now = Timestamp.fromMillis(deps.clock.now());
    const isLost = current?.state === "lost";
    if (current?.state === "present" || isLost || (ban === true && current?.state === "left")) {
      const person = { participant, request };
      move(transaction, db, showId, person, "remove", { by: caller.uid, now });
      writeLease(deps, transaction, { showId, uid }, now.toMillis());
    }
    if (ban === true && !banSnapshot.exists) {
      transaction.set(banSnapshot.ref, { uid, by: caller.uid, at: now, reason: null });
    }
  });
  await applyEntitlement(deps, showId, uid, null);
  return {};
}
