import type { Dependencies } from "../dependencies.js";
import type { DocumentWrite } from "../documentWrite.js";
import { askForFeed } from "./askForFeed.js";
import { withdrawComment } from "./withdrawComment.js";

/** A new comment goes into the digest; a hidden or deleted one leaves it, and loses its pin. */
export async function onCommentWritten(
  deps: Pick<
    Dependencies,
    "firestore" | "clock" | "tasks" | "audienceIntervalMs" | "digestIntervalMs"
  >,
  event: DocumentWrite<{ showId: string; commentId: string }>,
): Promise<void> {
  const { showId, commentId } = event.params;
  const wasVisible = event.data?.before.get("hidden") === false;
  const isVisible = event.data?.after.get("hidden") === false;
  if (wasVisible === isVisible) return;
  if (isVisible) await askForFeed(deps, showId);
  else await withdrawComment(deps, showId, commentId);
}
