import type { z } from "zod";
import type { Caller } from "../caller.js";
import { participantRef, showRef, speakRequestRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import type { leaveShow as contract } from "../contract/audience.js";
import { endStay } from "./endStay.js";

/**
 * Leaves the show and its stage: the caller loses their role, invitation and pending request to speak in the same
 * transaction. A removed person is not a participant any more: NOT_PARTICIPANT. Phones disconnect from the audio room
 * themselves. If one does not, `onParticipantWritten` disconnects a speaker, and the sweep disconnects a listener,
 * whose lease has ended.
 */
export async function leaveShow(
  deps: Pick<Dependencies, "firestore" | "clock">,
  caller: Pick<Caller, "uid">,
  { showId }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  await db.runTransaction(async (transaction) => {
    const [show, participant, request] = await readTogether(
      transaction,
      showRef(db, showId),
      participantRef(db, showId, caller.uid),
      speakRequestRef(db, showId, caller.uid),
    );
    if (!show.exists) throw new Refusal("SHOW_NOT_FOUND");
    const state = participant.data()?.state;
    if (state === undefined || state === "removed") throw new Refusal("NOT_PARTICIPANT");
    if (state === "left") return;
    endStay(deps, transaction, showId, { participant, request }, "leave", caller.uid);
  });
  return {};
}
