import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import { applyEntitlement } from "../audio/applyEntitlement.js";
import { audioAccess } from "../audio/audioAccess.js";
import type { Caller } from "../caller.js";
import { participantRef, showRef, speakRequestRef, stageRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { move } from "./move.js";
import type { acceptInvitation as contract } from "../contract/stage.js";
import { assertFreeSeat, takeSeat } from "./seat.js";

/** Accepts an invitation. Until it is accepted, an invitation grants no permission. */
export async function acceptInvitation(
  deps: Pick<Dependencies, "firestore" | "clock" | "rooms" | "tasks">,
  caller: Caller,
  { showId }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const fields = await db.runTransaction(async (transaction) => {
    const [showSnapshot, participant, request] = await readTogether(
      transaction,
      showRef(db, showId),
      participantRef(db, showId, caller.uid),
      speakRequestRef(db, showId, caller.uid),
      stageRef(db, showId),
    );
    const show = showSnapshot.data();
    if (!show) throw new Refusal("SHOW_NOT_FOUND");
    if (show.status !== "live") throw new Refusal("SHOW_NOT_LIVE", { status: show.status });
    const current = participant.data();
    if (current?.state !== "present") throw new Refusal("NOT_PARTICIPANT");
    if (current.invitedTo === null) {
      // The person has accepted already, and the answer may have been lost.
      if (current.role === "speaker" || current.role === "cohost") return current;
      throw new Refusal("NOT_INVITED");
    }
    if (current.hasAcceptedTerms === false) throw new Refusal("TERMS_NOT_ACCEPTED");
    const takesSeat = current.invitedTo === "speaker";
    if (takesSeat) await assertFreeSeat(transaction, db, showId, show);
    const now = Timestamp.fromMillis(deps.clock.now());
    const person = { participant, request };
    const by = caller.uid;
    const accepted = move(transaction, db, showId, person, "acceptInvitation", { by, now });
    if (!accepted) throw new Refusal("NOT_INVITED");
    if (takesSeat) takeSeat(transaction, db, showId);
    return accepted;
  });
  await applyEntitlement(deps, showId, caller.uid);
  return { role: fields.role, audio: await audioAccess(deps, showId, caller.uid, fields) };
}
