import {
  type DocumentReference,
  type DocumentSnapshot,
  type Query,
  Timestamp,
} from "firebase-admin/firestore";
import { attemptAll, attemptInTurn } from "../attemptAll.js";
import { showRef, stagesRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import type { StageDocument } from "../contract/stage.js";
import type { Dependencies } from "../dependencies.js";
import { eachPage } from "../eachPage.js";
import { select } from "../queries.js";

const PAGE = 50;
/** Each deletes collections of any size. */
const AT_ONCE = 4;

/**
 * The feed first: events of what is deleted afterwards then have nothing to publish. Last what the rules let participants
 * write in an ended show: without their places, nobody adds more.
 */
const conversation = [
  "feed",
  "comments",
  "reactions",
  "speakRequests",
  "songRequests",
  "songVotes",
  "bans",
  "filter",
  "participants",
  "saves",
  "activity",
];
const plays = ["playback", "timeline", "playlist"];

/** What expires together, and the field of the stage that says since when. */
interface Expiring {
  readonly since: "conversationSince" | "playsSince";
  readonly collections: readonly string[];
}

/**
 * Deletes what people said and did in shows that are over, and what was played, each after its time. The show, its
 * summary and its setlist stay. A show whose deletion was interrupted is found again.
 */
export async function expireShows(
  { firestore, clock, retention }: Pick<Dependencies, "firestore" | "clock" | "retention">,
  hasTime: () => boolean,
): Promise<void> {
  const before = (ms: number) => Timestamp.fromMillis(clock.now() - ms);
  const stages = stagesRef(firestore);
  const expire = (due: Query<StageDocument>, expiring: Expiring) =>
    eachPage(due, PAGE, (page) => expirePage(page, expiring, hasTime), hasTime);
  await attemptInTurn([
    () =>
      expire(select(stages, queries.oldConversations, before(retention.conversationMs)), {
        since: "conversationSince",
        collections: conversation,
      }),
    () =>
      expire(select(stages, queries.oldPlays, before(retention.playsMs)), {
        since: "playsSince",
        collections: plays,
      }),
  ]);
}

async function expirePage(
  stages: readonly DocumentSnapshot<StageDocument>[],
  expiring: Expiring,
  hasTime: () => boolean,
): Promise<void> {
  await attemptAll(
    stages,
    async (stage) => {
      if (hasTime()) await expireOne(stage, expiring);
    },
    { atOnce: AT_ONCE, message: "some shows are not expired" },
  );
}

async function expireOne(
  { ref }: DocumentSnapshot<StageDocument>,
  { since, collections }: Expiring,
): Promise<void> {
  const db = ref.firestore;
  for (const name of collections) {
    await db.recursiveDelete(showRef(db, ref.id).collection(name));
  }
  if (await isLastToExpire(ref, since)) await db.recursiveDelete(ref);
}

/** The stage names people and revisions of the playlist. It is deleted once nothing else is left to expire. */
async function isLastToExpire(
  ref: DocumentReference<StageDocument>,
  since: Expiring["since"],
): Promise<boolean> {
  return ref.firestore.runTransaction(async (transaction) => {
    const stage = (await transaction.get(ref)).data();
    const other = since === "playsSince" ? stage?.conversationSince : stage?.playsSince;
    if (!other) return true;
    // The people who spoke are found by their places in the show when an account is deleted: they go together.
    const names = since === "conversationSince" && { spoke: [] };
    transaction.update(ref, { [since]: null, ...names });
    return false;
  });
}
