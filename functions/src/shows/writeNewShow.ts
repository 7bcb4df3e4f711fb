import type {
  DocumentReference,
  Firestore,
  Timestamp,
  Transaction,
} from "firebase-admin/firestore";
import { arrivingParticipant } from "../audience/arrivingParticipant.js";
import {
  feedRef,
  liveShowRef,
  participantRef,
  playbackRef,
  showWordsRef,
  stageRef,
} from "../collections.js";
import type { PersonCard } from "../contract/fields.js";
import { newStage } from "../contract/newStage.js";
import { noReactions } from "../contract/reactions.js";
import { defaultSettings, type ShowDocument } from "../contract/shows.js";
import { silentPlayback } from "../contract/silentPlayback.js";
import type { WordFilterDocument } from "../contract/wordFilter.js";
import { hasWords } from "../wordFilter/wordPattern.js";

/** What the transaction that starts a show has read. */
interface Starting {
  readonly ref: DocumentReference<ShowDocument>;
  readonly show: ShowDocument;
  readonly creator: PersonCard;
  readonly filter: WordFilterDocument;
  readonly now: Timestamp;
}

/** Takes a show live within the caller's transaction: every document that a live show has. */
export function writeNewShow(
  transaction: Transaction,
  db: Firestore,
  { ref, show, creator, filter, now }: Starting,
): void {
  const { id: showId } = ref;
  const uid = show.creatorUid;
  const audience = { listeners: 0, peak: 0, countedAt: now };
  transaction
    .update(ref, {
      status: "live",
      creator,
      hostUid: uid,
      startedAt: now,
      settings: show.settings ?? defaultSettings,
      pinnedCommentId: null,
      commentFeed: "direct",
      audience,
      hasWordFilter: hasWords(filter),
      updatedAt: now,
    })
    .set(liveShowRef(db, uid), { showId })
    .set(participantRef(db, showId, uid), arrivingParticipant(uid, creator, uid, now))
    .set(feedRef(db, showId), {
      audience,
      reactions: noReactions,
      comments: [],
      digestSince: null,
      pinned: null,
      songRequests: [],
      listenerMs: 0,
      updatedAt: now,
    })
    .set(playbackRef(db, showId), silentPlayback(uid, now, 0, 0))
    .set(stageRef(db, showId), newStage(uid));
  if (hasWords(filter)) transaction.set(showWordsRef(db, showId), filter);
}
