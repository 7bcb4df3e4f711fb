import { onDocumentWritten } from "firebase-functions/firestore";
import { dependencies } from "../assemble.js";
import { REGION } from "../contract/region.js";
import { taskFunction } from "../taskFunction.js";
import { publishFeedTask } from "../tasks/tasks.js";
import { askForFeed } from "./askForFeed.js";
import { publishFeed as publish } from "./publishFeed.js";
import { withdrawComment } from "./withdrawComment.js";

/** Brings a show's feed up to date at the end of an interval. */
export const publishFeed = taskFunction(publishFeedTask, publish);

/** A new comment goes into the digest; a hidden or deleted one leaves it, and loses its pin. */
export const onCommentWritten = onDocumentWritten(
  { document: "shows/{showId}/comments/{commentId}", region: REGION, retry: true },
  async (event) => {
    const { showId, commentId } = event.params;
    const wasVisible = event.data?.before.get("hidden") === false;
    const isVisible = event.data?.after.get("hidden") === false;
    if (wasVisible === isVisible) return;
    const deps = dependencies();
    if (isVisible) await askForFeed(deps, showId);
    else await withdrawComment(deps, showId, commentId);
  },
);

/** Somebody reacted: the totals are summed at the end of this interval. */
export const onReactionWritten = onDocumentWritten(
  { document: "shows/{showId}/reactions/{uid}", region: REGION, retry: true },
  (event) => askForFeed(dependencies(), event.params.showId),
);
