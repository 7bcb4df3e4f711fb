import type { DocumentReference, DocumentSnapshot, Firestore } from "firebase-admin/firestore";
import { hiddenRef, leaseRef, participantRef, termsRef } from "../collections.js";
import { isConnected } from "../presence/lease.js";
import { readTogether } from "../readTogether.js";
import type { AnnouncedEvent } from "./announcedEvent.js";

/**
 * Those of these people who may be notified of the event now. Leaves out the creator, people whom a block hides from
 * them, everyone who may not join a show for adults, and people to whom an invitation no longer applies.
 */
export async function addressees(
  db: Firestore,
  event: AnnouncedEvent,
  uids: readonly string[],
): Promise<readonly string[]> {
  const { creatorUid, showId } = event;
  const hidden = (await hiddenRef(db, creatorUid).get()).data()?.uids ?? [];
  const leftOut = new Set([...hidden, creatorUid]);
  const others = uids.filter((uid) => !leftOut.has(uid));
  const grown = event.isForAdults
    ? await peopleWith(
        db,
        others,
        (uid) => termsRef(db, uid),
        (terms) => terms.data()?.ageBand === "adult",
      )
    : others;
  if (event.kind !== "invited") return grown;
  const invited = await peopleWith(
    db,
    grown,
    (uid) => participantRef(db, showId, uid),
    (participant) => (participant.data()?.invitedTo ?? null) !== null,
  );
  // A person who hears the show sees the invitation there.
  return peopleWith(
    db,
    invited,
    (uid) => leaseRef(db, showId, uid),
    (lease) => !isConnected(lease),
  );
}

/** Those of these people whose document matches. */
export async function peopleWith<Document>(
  db: Firestore,
  uids: readonly string[],
  refOf: (uid: string) => DocumentReference<Document>,
  matches: (snapshot: DocumentSnapshot<Document>) => boolean,
): Promise<readonly string[]> {
  if (uids.length === 0) return [];
  const snapshots = await readTogether(db, ...uids.map(refOf));
  return uids.filter((_, index) => {
    const snapshot = snapshots[index];
    return snapshot !== undefined && matches(snapshot);
  });
}
