import {
  type DocumentSnapshot,
  type Firestore,
  Timestamp,
  type Transaction,
} from "firebase-admin/firestore";
import type { z } from "zod";
import { audioAccess } from "../audio/audioAccess.js";
import type { Caller } from "../caller.js";
import {
  banRef,
  clientConfigRef,
  hiddenRef,
  leaseRef,
  participantRef,
  showRef,
  stageRef,
  suspensionRef,
  termsRef,
  userRef,
} from "../collections.js";
import type { joinShow as contract, ParticipantDocument } from "../contract/audience.js";
import type { HiddenDocument } from "../contract/blocks.js";
import type { PersonCard } from "../contract/fields.js";
import type { BanDocument } from "../contract/moderation.js";
import type { ShowDocument } from "../contract/shows.js";
import type { SuspensionDocument } from "../contract/suspensions.js";
import { hasAccepted, type TermsDocument } from "../contract/terms.js";
import { STAGE_FIELDS, type StageFields } from "../contract/transitions.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { requireProfile } from "../identity/requireProfile.js";
import { readTogether } from "../readTogether.js";
import { assertNotSuspended } from "../identity/assertNotSuspended.js";
import { hasFreeSeat, takeSeat } from "../stage/seat.js";
import { arrivingParticipant } from "./arrivingParticipant.js";
import { isConnected, writeLease } from "../presence/lease.js";

/**
 * Joining writes the caller's participant document and their lease: the show document, which every listener follows,
 * does not change with a join. Two kinds of people write more when they return: a speaker who was lost also takes a
 * seat in `stages/{showId}`, and a creator whose show a cohost leads becomes `hostUid` again. The call waits for
 * nothing else: events of Firestore and LiveKit later count the audience and correct the audio room. A listener's
 * join takes two round trips. People on the stage wait for one more, which says whether the stage is open, and a lost
 * speaker for the count of the seats.
 */
export async function joinShow(
  deps: Pick<Dependencies, "firestore" | "clock" | "rooms" | "presenceGraceMs">,
  { uid }: Pick<Caller, "uid">,
  { showId }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const { participant, feed } = await db.runTransaction(async (transaction) => {
    const [
      showSnapshot,
      ban,
      participantSnapshot,
      userSnapshot,
      lease,
      hidden,
      config,
      terms,
      suspension,
    ] = await readTogether(
      transaction,
      showRef(db, showId),
      banRef(db, showId, uid),
      participantRef(db, showId, uid),
      userRef(db, uid),
      leaseRef(db, showId, uid),
      hiddenRef(db, uid),
      clientConfigRef(db),
      termsRef(db, uid),
      suspensionRef(db, uid),
    );
    const millis = deps.clock.now();
    const show = assertMayJoin(showSnapshot, { ban, hidden, terms, suspension }, millis);
    const user = await requireProfile(transaction, db, userSnapshot);

    const now = Timestamp.fromMillis(millis);
    const card = { displayName: user.displayName, photoUrl: user.photoUrl };
    const hasAcceptedTerms = hasAccepted(config.data(), terms.data());
    const before = participantSnapshot.data();
    const isPresent = before?.state === "present";
    const participant = isPresent
      ? before
      : await arrivalOf(transaction, db, showId, show, before, {
          uid,
          card,
          hasAcceptedTerms,
          now,
        });
    if (!isPresent) {
      transaction.set(participantSnapshot.ref, participant);
      if (participant.role === "speaker") takeSeat(transaction, db, showId);
    } else if (
      participant.displayName !== card.displayName ||
      participant.photoUrl !== card.photoUrl ||
      (participant.hasAcceptedTerms ?? true) !== hasAcceptedTerms
    ) {
      // The rules compare a comment's author with this card.
      transaction.update(participantSnapshot.ref, { ...card, hasAcceptedTerms });
    }
    if (!isPresent || !isConnected(lease)) {
      writeLease(deps, transaction, { showId, uid }, millis + deps.presenceGraceMs);
    }
    if (uid === show.creatorUid && show.hostUid !== uid) {
      transaction.update(showSnapshot.ref, { hostUid: uid, updatedAt: now });
    }
    return { participant, feed: show.commentFeed ?? ("direct" as const) };
  });
  return {
    role: participant.role,
    audio: await audioAccess(deps, showId, uid, participant),
    commentFeed: feed,
  };
}

/** The documents that may keep a person out. */
interface Obstacles {
  readonly ban: DocumentSnapshot<BanDocument>;
  readonly hidden: DocumentSnapshot<HiddenDocument>;
  readonly terms: DocumentSnapshot<TermsDocument>;
  readonly suspension: DocumentSnapshot<SuspensionDocument>;
}

/** The live show that the person may join at `now`, in ms since the epoch. */
function assertMayJoin(
  snapshot: DocumentSnapshot<ShowDocument>,
  { ban, hidden, terms, suspension }: Obstacles,
  now: number,
): ShowDocument {
  assertNotSuspended(suspension.data(), now);
  const show = snapshot.data();
  if (!show) throw new Refusal("SHOW_NOT_FOUND");
  if (ban.exists) throw new Refusal("BANNED");
  if (hidden.data()?.uids.includes(show.creatorUid)) throw new Refusal("BLOCKED");
  if (show.status !== "live") throw new Refusal("SHOW_NOT_LIVE", { status: show.status });
  if (show.adultsOnly === true && terms.data()?.ageBand !== "adult") {
    throw new Refusal("ADULTS_ONLY");
  }
  return show;
}

interface Arriving {
  readonly uid: string;
  readonly card: PersonCard;
  readonly hasAcceptedTerms: boolean;
  readonly now: Timestamp;
}

/** The participant document of someone who was not present before. */
async function arrivalOf(
  transaction: Transaction,
  db: Firestore,
  showId: string,
  show: ShowDocument,
  before: ParticipantDocument | undefined,
  { uid, card, hasAcceptedTerms, now }: Arriving,
): Promise<ParticipantDocument> {
  return {
    ...arrivingParticipant(uid, card, show.creatorUid, now),
    ...(hasAcceptedTerms && (await placeToGiveBack(transaction, db, showId, show, before))),
    ...(!hasAcceptedTerms && { hasAcceptedTerms }),
  };
}

/**
 * A person whose network was lost regains their role, a speaker's only while a seat is free. A person who has to accept new
 * terms first returns as a listener.
 */
async function placeToGiveBack(
  transaction: Transaction,
  db: Firestore,
  showId: string,
  show: ShowDocument,
  before: ParticipantDocument | undefined,
): Promise<StageFields | undefined> {
  if (before?.state !== "lost") return undefined;
  if (before.role === "cohost") return STAGE_FIELDS.cohosting;
  if (before.role !== "speaker") return undefined;
  await transaction.get(stageRef(db, showId));
  return (await hasFreeSeat(transaction, db, showId, show)) ? STAGE_FIELDS.speaking : undefined;
}
