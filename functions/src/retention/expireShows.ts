import { type DocumentSnapshot, type Query, Timestamp } from "firebase-admin/firestore";
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

/** The feed first: events of what is deleted afterwards then have nothing to publish. */
const conversation = [
  "feed",
  "comments",
  "reactions",
  "speakRequests",
  "activity",
  "bans",
  "filter",
  "participants",
];
const plays = ["playback", "timeline", "playlist"];

/**
 * Deletes what people said and did in ended shows, and what was played, each after its time. The show and its
 * summary stay for its creator. A show whose deletion broke off is found again.
 */
export async function expireShows(
  { firestore, clock, retention }: Pick<Dependencies, "firestore" | "clock" | "retention">,
  hasTime: () => boolean,
): Promise<void> {
  const before = (ms: number) => Timestamp.fromMillis(clock.now() - ms);
  const expire = (
    stages: Query<StageDocument>,
    collections: readonly string[],
    done: "conversationSince" | "playsSince",
  ) =>
    eachPage(
      stages,
      PAGE,
      (page) =>
        attemptAll(
          page,
          async (stage) => {
            if (!hasTime()) return;
            for (const name of collections) {
              await firestore.recursiveDelete(showRef(firestore, stage.id).collection(name));
            }
            await finish(stage, done);
          },
          { atOnce: AT_ONCE, message: "some shows are not expired" },
        ),
      hasTime,
    );
  const stages = stagesRef(firestore);
  await attemptInTurn([
    () =>
      expire(
        select(stages, queries.oldConversations, before(retention.conversationMs)),
        conversation,
        "conversationSince",
      ),
    () => expire(select(stages, queries.oldPlays, before(retention.playsMs)), plays, "playsSince"),
  ]);
}

/** The stage names people and revisions of the playlist. It goes with the last of what is deleted. */
async function finish(
  { ref }: DocumentSnapshot<StageDocument>,
  done: "conversationSince" | "playsSince",
): Promise<void> {
  const isLast = await ref.firestore.runTransaction(async (transaction) => {
    const stage = (await transaction.get(ref)).data();
    const other = done === "playsSince" ? stage?.conversationSince : stage?.playsSince;
    if (!other) return true;
    // The people who spoke are found by their places in the show when an account is deleted: they go together.
    const names = done === "conversationSince" && { spoke: [] };
    transaction.update(ref, { [done]: null, ...names });
    return false;
  });
  if (isLast) await ref.firestore.recursiveDelete(ref);
}
