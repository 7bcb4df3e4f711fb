import type { Dependencies } from "../dependencies.js";
import type { DocumentWrite } from "../documentWrite.js";
import { askForFeed } from "../feed/askForFeed.js";
import { announceShow } from "../notifications/announce.js";
import { countOpenDrafts, openedOrClosed } from "./countOpenDrafts.js";
import { eraseDraft } from "./eraseDraft.js";
import { keepShowId } from "./keepShowId.js";

/**
 * A pinned comment appears in the feed; a creator's open drafts are counted; people are notified of what concerns them; a show's id stays its own, and
 * a deleted draft leaves nothing behind.
 */
export async function onShowWritten(
  deps: Pick<
    Dependencies,
    "firestore" | "clock" | "tasks" | "audienceIntervalMs" | "digestIntervalMs"
  >,
  { data, params }: Pick<DocumentWrite<{ showId: string }>, "data" | "params">,
): Promise<void> {
  const { showId } = params;
  const before: unknown = data?.before.get("pinnedCommentId");
  const after: unknown = data?.after.get("pinnedCommentId");
  if (before !== after) await askForFeed(deps, showId);
  const creatorUid = openedOrClosed(data?.before, data?.after);
  if (creatorUid !== null) await countOpenDrafts(deps, creatorUid);
  await announceShow(deps, showId, data?.before, data?.after);
  if (data?.before.exists === data?.after.exists) return;
  await keepShowId(deps, showId);
  if (data?.after.exists === false) await eraseDraft(deps, showId);
}
