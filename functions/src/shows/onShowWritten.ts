import type { Dependencies } from "../dependencies.js";
import type { DocumentWrite } from "../documentWrite.js";
import { askForFeed } from "../feed/askForFeed.js";
import { countOpenDrafts, openedOrClosed } from "./countOpenDrafts.js";

/** A pinned comment appears in the feed; a creator's open drafts are counted. */
export async function onShowWritten(
  deps: Pick<
    Dependencies,
    "firestore" | "clock" | "tasks" | "audienceIntervalMs" | "digestIntervalMs"
  >,
  { data, params }: DocumentWrite<{ showId: string }>,
): Promise<void> {
  const before: unknown = data?.before.get("pinnedCommentId");
  const after: unknown = data?.after.get("pinnedCommentId");
  if (before !== after) await askForFeed(deps, params.showId);
  const creatorUid = openedOrClosed(data?.before, data?.after);
  if (creatorUid !== null) await countOpenDrafts(deps, creatorUid);
}
