import { onDocumentWritten } from "firebase-functions/firestore";
import { REGION } from "../contract/region.js";
import { dependencies } from "../assemble.js";
import { unpinComment } from "./unpinComment.js";

/** A hidden or deleted comment cannot stay pinned. */
export const onCommentWritten = onDocumentWritten(
  { document: "shows/{showId}/comments/{commentId}", region: REGION, retry: true },
  async (event) => {
    const wasVisible = event.data?.before.get("hidden") === false;
    const isVisible = event.data?.after.get("hidden") === false;
    if (wasVisible && !isVisible) {
      await unpinComment(dependencies(), event.params.showId, event.params.commentId);
    }
  },
);
