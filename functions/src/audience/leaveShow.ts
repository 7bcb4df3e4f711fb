import type { z } from "zod";
import type { Caller } from "../caller.js";
import { participantRef, showRef, speakRequestRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import type { leaveShow as contract } from "../contract/audience.js";
import { endStay } from "./endStay.js";

/**
 * Leaves the show and its stage: role, invitation and a pending speak request are given up in the same
 * transaction. Someone who was removed is no participant any more: NOT_PARTICIPANT. Phones disconnect from
 * the audio room themselves; a speaker who does not is put out by `onParticipantWritten`, a listener by
 * the sweep, which finds the lease that is over.
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
