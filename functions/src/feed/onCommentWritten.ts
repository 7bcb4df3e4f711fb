import type { Dependencies } from "../dependencies.js";
import type { DocumentWrite } from "../documentWrite.js";
import { askForFeed } from "./askForFeed.js";

/**
 * A comment appeared, was hidden, shown again or deleted, or its support was refunded: the digest and the pin are brought up to date
 * at the end of this interval.
 */
export async function onCommentWritten(
  deps: Pick<Dependencies, "clock" | "tasks" | "audienceIntervalMs" | "digestIntervalMs">,
  { data, params }: Pick<DocumentWrite<{ showId: string; commentId: string }>, "data" | "params">,
): Promise<void> {
  const wasVisible = data?.before.get("hidden") === false;
  const isVisible = data?.after.get("hidden") === false;
  const wasSupport = data?.before.get("support") !== undefined;
  const isSupport = data?.after.get("support") !== undefined;
  if (wasVisible !== isVisible || (isVisible && wasSupport !== isSupport)) {
    await askForFeed(deps, params.showId);
  }
}
