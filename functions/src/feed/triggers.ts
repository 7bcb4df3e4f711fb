import type { Dependencies } from "../dependencies.js";
import { publishFeedQueue } from "../tasks/queues.js";
import { onTask, onWrite } from "../trigger.js";

/** Loads the handler of a change that always shows in the feed. */
async function askAlways() {
  const { askForFeed } = await import("./askForFeed.js");
  return (deps: Dependencies, { params }: { readonly params: { readonly showId: string } }) =>
    askForFeed(deps, params.showId);
}

export const publishFeed = onTask(publishFeedQueue, async () => ({
  task: (await import("../tasks/tasks.js")).publishFeedTask,
  run: (await import("./publishFeed.js")).publishFeed,
}));

export const onCommentWritten = onWrite(
  "onCommentWritten",
  "shows/{showId}/comments/{commentId}",
  async () => (await import("./onCommentWritten.js")).onCommentWritten,
);

/** Somebody reacted: the totals are summed at the end of this interval. */
export const onReactionWritten = onWrite(
  "onReactionWritten",
  "shows/{showId}/reactions/{uid}",
  askAlways,
);

/** A song was requested, withdrawn or decided: the list is published at the end of this interval. */
export const onSongRequestWritten = onWrite(
  "onSongRequestWritten",
  "shows/{showId}/songRequests/{requestId}",
  askAlways,
);

/** Somebody voted for a song: the votes are counted at the end of this interval. */
export const onSongVoteWritten = onWrite(
  "onSongVoteWritten",
  "shows/{showId}/songVotes/{uid}",
  askAlways,
);

/** Somebody opened or saved the show's music: after its end, the summary is corrected at the end of this interval. */
export const onSaveWritten = onWrite("onSaveWritten", "shows/{showId}/saves/{uid}", async () => {
  const { onSaveWritten: handle } = await import("./onSaveWritten.js");
  return handle;
});
