import { isDeepStrictEqual } from "node:util";
import type { Dependencies } from "../dependencies.js";
import type { DocumentWrite } from "../documentWrite.js";
import { askForFeed } from "./askForFeed.js";

/** The fields that can change while the comment stays visible: on a refund, or when a mentioned person deletes their account. */
const CHANGING = ["support", "replyTo", "mentions"] as const;

/**
 * A comment appeared, was hidden, shown again, deleted or changed: the digest and the pin are updated at the end of
 * this interval.
 */
export async function onCommentWritten(
  deps: Pick<Dependencies, "clock" | "tasks" | "audienceIntervalMs" | "digestIntervalMs">,
  { data, params }: Pick<DocumentWrite<{ showId: string; commentId: string }>, "data" | "params">,
): Promise<void> {
  const wasVisible = data?.before.get("hidden") === false;
  const isVisible = data?.after.get("hidden") === false;
  const hasChanged = CHANGING.some(
    (field) => !isDeepStrictEqual(data?.before.get(field), data?.after.get(field)),
  );
  if (wasVisible !== isVisible || (isVisible && hasChanged)) {
    await askForFeed(deps, params.showId);
  }
}
