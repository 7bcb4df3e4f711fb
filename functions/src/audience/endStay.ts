import { Timestamp, type Transaction } from "firebase-admin/firestore";
import type { Dependencies } from "../dependencies.js";
import { writeLease } from "../presence/lease.js";
import { move, type PersonOnStage } from "../stage/move.js";

/**
 * Ends a person's stay in a show within the caller's transaction: they lose their role, invitation and pending
 * request to speak. Their lease ends, so that a sweep also checks that they have left the audio room.
 */
export function endStay(
  deps: Pick<Dependencies, "firestore" | "clock">,
  transaction: Transaction,
  showId: string,
  person: PersonOnStage,
  event: "leave" | "remove",
  by: string,
): void {
  const now = Timestamp.fromMillis(deps.clock.now());
  move(transaction, deps.firestore, showId, person, event, { by, now });
  writeLease(deps, transaction, { showId, uid: person.participant.id }, now.toMillis());
}
