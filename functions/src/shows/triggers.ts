import { sweepShowQueue } from "../tasks/queues.js";
import { onTask, onTime, onWrite } from "../trigger.js";

/** Once a minute: asks for a sweep of every show. */
export const sweepShows = onTime(
  "sweepShows",
  "every 1 minutes",
  async () => (await import("./sweepShows.js")).sweepShows,
);

export const sweepShow = onTask(sweepShowQueue, async () => ({
  task: (await import("../tasks/tasks.js")).sweepShowTask,
  run: (await import("./sweepShow.js")).sweepShow,
}));

/** A pinned comment appears in the feed; a creator's open drafts are counted. */
export const onShowWritten = onWrite("onShowWritten", "shows/{showId}", async () => {
  const [{ askForFeed }, { countOpenDrafts, openedOrClosed }] = await Promise.all([
    import("../feed/askForFeed.js"),
    import("./countOpenDrafts.js"),
  ]);
  return async (deps, { data, params }) => {
    const before: unknown = data?.before.get("pinnedCommentId");
    const after: unknown = data?.after.get("pinnedCommentId");
    if (before !== after) await askForFeed(deps, params.showId);
    const creatorUid = openedOrClosed(data?.before, data?.after);
    if (creatorUid !== null) await countOpenDrafts(deps, creatorUid);
  };
});
