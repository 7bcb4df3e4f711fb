import {
  type DocumentReference,
  type DocumentSnapshot,
  FieldValue,
  type Firestore,
  type Timestamp,
  type Transaction,
} from "firebase-admin/firestore";
import {
  banRef,
  hiddenRef,
  participantRef,
  serviceWordsRef,
  showRef,
  showWordsRef,
  suspensionRef,
} from "../collections.js";
import type { CommentDocument } from "../contract/comments.js";
import type { PersonCard } from "../contract/fields.js";
import type { PaymentDocument } from "../contract/support.js";
import { isSuspended } from "../identity/assertNotSuspended.js";
import { readTogether } from "../readTogether.js";
import { isFiltered } from "../wordFilter/wordPattern.js";

/** Where a supporter's message appears. */
export interface CommentPlace {
  readonly author: PersonCard;
  /** The words of the filter may have changed since the supporter wrote. Hosts can show it. */
  readonly isHidden: boolean;
}

/**
 * Null: nowhere. The show is over, its comments are closed, or the supporter is not in it any more, is banned, suspended or
 * blocked at `now`, in ms since the epoch. The creator finds the message in their list.
 */
export async function readCommentPlace(
  transaction: Transaction,
  db: Firestore,
  showId: string,
  { supporterUid, creatorUid, message }: PaymentDocument,
  now: number,
): Promise<CommentPlace | null> {
  const [show, participant, ban, hidden, suspension, words, serviceWords] = await readTogether(
    transaction,
    showRef(db, showId),
    participantRef(db, showId, supporterUid),
    banRef(db, showId, supporterUid),
    hiddenRef(db, supporterUid),
    suspensionRef(db, supporterUid),
    showWordsRef(db, showId),
    serviceWordsRef(db),
  );
  const place = participant.data();
  const isOut =
    show.data()?.status !== "live" ||
    show.data()?.settings?.commentsEnabled !== true ||
    place?.state !== "present" ||
    ban.exists ||
    isSuspended(suspension.data(), now) ||
    hidden.data()?.uids.includes(creatorUid) === true;
  if (isOut) return null;
  return {
    author: { displayName: place.displayName, photoUrl: place.photoUrl },
    isHidden: isFiltered(message, words.data(), serviceWords.data()),
  };
}

/** Slow mode does not apply: paying is slow enough. `isSupport` as in `markComment`. */
export function postComment(
  transaction: Transaction,
  ref: DocumentReference<CommentDocument>,
  { supporterUid, message, amount, currency }: PaymentDocument,
  { author, isHidden }: CommentPlace,
  isSupport: boolean,
  now: Timestamp,
): void {
  transaction.set(ref, {
    authorUid: supporterUid,
    author,
    text: message,
    createdAt: now,
    hidden: isHidden || (message === "" && !isSupport),
    ...(isSupport && { support: { amount, currency } }),
  });
}

/**
 * A comment is highlighted as long as the creator has the money, or else one could pay, shine and be refunded. Its words
 * stay; without any, it is hidden until the creator wins the dispute, unless an admin has hidden it.
 */
export function markComment(
  transaction: Transaction,
  comment: DocumentSnapshot<CommentDocument>,
  { amount, currency, message }: PaymentDocument,
  isSupport: boolean,
): void {
  const { hiddenByReport, support } = comment.data() ?? {};
  if ((support !== undefined) === isSupport) return;
  transaction.update(comment.ref, {
    support: isSupport ? { amount, currency } : FieldValue.delete(),
    ...(message === "" && { hidden: !isSupport || hiddenByReport !== undefined }),
  });
}
