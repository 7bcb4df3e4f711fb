import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import type { Caller } from "../callable.js";
import { participantRef, showRef, speakRequestRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { askForRecount } from "./askForRecount.js";
import type { leaveShow as contract } from "./schema.js";

/**
 * Leaves the show and its stage: role, invitation and a speak request still under way are given up
 * in the same transaction. One who was removed is no participant any more: NOT_PARTICIPANT.
 */
export async function leaveShow(
  deps: Pick<Dependencies, "firestore" | "clock" | "recounts">,
  caller: Caller,
  { showId }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  await db.runTransaction(async (transaction) => {
    const [showSnapshot, participantSnapshot, requestSnapshot] = await readTogether(
      transaction,
      showRef(db, showId),
      participantRef(db, showId, caller.uid),
      speakRequestRef(db, showId, caller.uid),
    );
    if (!showSnapshot.exists) throw new Refusal("SHOW_NOT_FOUND");
    const participant = participantSnapshot.data();
    if (!participant || participant.state === "removed") throw new Refusal("NOT_PARTICIPANT");
    if (participant.state === "left") return;

    const isCreator = participant.role === "creator";
    transaction.update(participantSnapshot.ref, {
      state: "left",
      leftAt: Timestamp.fromMillis(deps.clock.now()),
      role: isCreator ? "creator" : "listener",
      canPublish: false,
      invitedTo: null,
    });
    const status = requestSnapshot.data()?.status;
    if (status === "pending" || status === "accepted") {
      // With its decision gone, the rules let one ask again at once: only a rejection makes one wait.
      transaction.update(requestSnapshot.ref, {
        status: "cancelled",
        decidedAt: null,
        decidedBy: null,
      });
    }
  });
  await askForRecount(deps, showId);
  return {};
}
