import { onDocumentWritten } from "firebase-functions/firestore";
import { onSchedule } from "firebase-functions/scheduler";
import { dependencies } from "../assemble.js";
import { livekitApiSecret } from "../config.js";
import { REGION } from "../contract/region.js";
import { askForFeed } from "../feed/askForFeed.js";
import { taskFunction } from "../taskFunction.js";
import { sweepShowTask } from "../tasks/tasks.js";
import { sweepShow as sweep } from "./sweepShow.js";
import { sweepShows as sweepAll } from "./sweepShows.js";

/** Once a minute: asks for a sweep of every show. */
export const sweepShows = onSchedule(
  { schedule: "every 1 minutes", region: REGION, secrets: [livekitApiSecret], timeoutSeconds: 300 },
  () => sweepAll(dependencies()),
);

/** Repairs one show. */
export const sweepShow = taskFunction(sweepShowTask, sweep, {
  secrets: [livekitApiSecret],
  timeoutSeconds: 300,
});

/** A pinned comment appears in the feed. */
export const onShowWritten = onDocumentWritten(
  { document: "shows/{showId}", region: REGION, retry: true },
  async (event) => {
    const before: unknown = event.data?.before.get("pinnedCommentId");
    const after: unknown = event.data?.after.get("pinnedCommentId");
    if (before !== after) await askForFeed(dependencies(), event.params.showId);
  },
);
