import { Timestamp } from "firebase-admin/firestore";
import {
  activityRef,
  admissionRef,
  participantRef,
  showRef,
  speakRequestRef,
} from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { readTogether } from "../readTogether.js";
import { move } from "../stage/move.js";
import { askForRecount } from "./askForRecount.js";

/** Who shows no sign of life for so long is gone (ms). Apps give one each 20 s or more. */
export const ABSENT_AFTER_MS = 60_000;

/**
 * Takes a person who is not in the audio room for gone, as if he had left. Not one whose app gave a
 * sign of life within the last minute, nor one who came in, or was given a token, after `since` (ms
 * since the epoch): what speaks against him is older than that. Nor anybody once the show is over: its
 * room is closed then, and those who were there can still read. Resolves to the moment (ms since the
 * epoch) at which what speaks for him is too old, or to null where there is nothing to look for any more.
 */
export async function markAbsent(
  deps: Pick<Dependencies, "firestore" | "clock" | "recounts">,
  showId: string,
  uid: string,
  since: number,
): Promise<number | null> {
  const db = deps.firestore;
  const outcome = await db.runTransaction(async (transaction) => {
    const [show, participant, request, activity, admission] = await readTogether(
      transaction,
      showRef(db, showId),
      participantRef(db, showId, uid),
      speakRequestRef(db, showId, uid),
      activityRef(db, showId, uid),
      admissionRef(db, showId, uid),
    );
    const current = participant.data();
    if (current?.state !== "present") return "gone";
    if (show.data()?.status !== "live") return "over";
    const now = deps.clock.now();
    const admittedAt = Math.max(
      current.joinedAt.toMillis(),
      admission.data()?.at.toMillis() ?? -Infinity,
    );
    const seenAt = activity.data()?.seenAt?.toMillis() ?? -Infinity;
    if (admittedAt > since || now - seenAt < ABSENT_AFTER_MS) {
      return Math.max(admittedAt, seenAt) + ABSENT_AFTER_MS;
    }
    const person = { participant, request };
    const at = Timestamp.fromMillis(now);
    move(transaction, db, showId, person, "leave", { by: uid, now: at });
    return "gone";
  });
  if (outcome === "gone") await askForRecount(deps, showId);
  return typeof outcome === "number" ? outcome : null;
}
