import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import { applyEntitlement } from "../audio/applyEntitlement.js";
import type { Caller } from "../caller.js";
import { participantRef, showRef, speakRequestRef, stageRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { hosting } from "./authority.js";
import { move } from "./move.js";
import type { decideSpeakRequest as contract } from "../contract/stage.js";
import { assertFreeSeat, takeSeat } from "./seat.js";

/**
 * Decides a request once, however many hosts decide it. An accepted person may publish when this resolves, or once
 * the audio room is updated.
 */
export async function decideSpeakRequest(
  deps: Pick<Dependencies, "firestore" | "clock" | "rooms" | "tasks">,
  caller: Caller,
  { showId, uid, decision }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const status = decision === "accept" ? "accepted" : "rejected";
  const role = await db.runTransaction(async (transaction) => {
    const [showSnapshot, callerSnapshot, participant, request] = await readTogether(
      transaction,
      showRef(db, showId),
      participantRef(db, showId, caller.uid),
      participantRef(db, showId, uid),
      speakRequestRef(db, showId, uid),
      stageRef(db, showId),
    );
    const { show } = hosting(showSnapshot.data(), callerSnapshot.data(), caller.uid);
    const current = participant.data();
    const stored = request.data();
    if (current && stored?.status === status) return current.role;
    if (stored?.status !== "pending") {
      throw new Refusal("REQUEST_NOT_PENDING", stored && { status: stored.status });
    }
    if (decision === "accept") await assertFreeSeat(transaction, db, showId, show);

    const now = Timestamp.fromMillis(deps.clock.now());
    const person = { participant, request };
    const fields = move(transaction, db, showId, person, decision, { by: caller.uid, now });
    // The person has left since they asked.
    if (!fields) throw new Refusal("REQUEST_NOT_PENDING", { status: stored.status });
    if (decision === "accept") takeSeat(transaction, db, showId);
    return fields.role;
  });
  // Do this even for an accepted request: the call that accepted it may have crashed before it updated the room.
  if (decision === "accept") await applyEntitlement(deps, showId, uid);
  return { status, role };
}
