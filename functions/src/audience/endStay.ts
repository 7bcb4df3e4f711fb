import { Timestamp, type Transaction } from "firebase-admin/firestore";
import type { Dependencies } from "../dependencies.js";
import { writeLease } from "../presence/lease.js";
import { move, type PersonOnStage } from "../stage/move.js";

/**
 * Ends a person's stay in a show within the caller's transaction: they give up role, invitation and a pending request to
 * speak, and their lease is over, so that a sweep checks that they are out of the audio room, too.
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
