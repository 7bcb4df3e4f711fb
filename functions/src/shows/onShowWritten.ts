import type { Dependencies } from "../dependencies.js";
import type { DocumentWrite, WrittenDocument } from "../documentWrite.js";
import { askForFeed } from "../feed/askForFeed.js";
import { askForFollowerCount } from "../follows/askForFollowerCount.js";
import { announceShow } from "../notifications/announce.js";
import { isSearchChange } from "../search/isSearchChange.js";
import { updateShowSearch } from "../search/updateShowSearch.js";
import { countOpenDrafts, openedOrClosed } from "./countOpenDrafts.js";
import { eraseDraft } from "./eraseDraft.js";
import { settleShow } from "./settleVisibility.js";
import { keepShowId } from "./keepShowId.js";

/**
 * A pinned comment appears in the feed; a creator's open drafts are counted; people are notified of what concerns them; a
 * public show can be found; a show's id stays its own, and a deleted draft leaves nothing behind.
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
  if (isPublicAgain(data?.before, data?.after)) await settleShow(deps, showId);
  const creatorUid = openedOrClosed(data?.before, data?.after);
  if (creatorUid !== null) await countOpenDrafts(deps, creatorUid);
  await announceShow(deps, showId, data?.before, data?.after);
  if (isSearchChange(data?.before, data?.after)) await updateShowSearch(deps, showId);
  const liveBy = startedBy(data?.before, data?.after);
  // Also heals the count of a creator whose follows were all lost as events: the daily sweep does not look at zero.
  if (liveBy !== null) await askForFollowerCount(deps, liveBy, 0);
  if (data?.before.exists === data?.after.exists) return;
  await keepShowId(deps, showId);
  if (data?.after.exists === false) await eraseDraft(deps, showId);
}

/** An appeal may restore a show whose creator is suspended meanwhile. */
function isPublicAgain(
  before: WrittenDocument | undefined,
  after: WrittenDocument | undefined,
): boolean {
  return before?.get("visibility") === "taken_down" && after?.get("visibility") === "public";
}

/** Whose show has just gone live. */
function startedBy(
  before: WrittenDocument | undefined,
  after: WrittenDocument | undefined,
): string | null {
  const isLive = (show: WrittenDocument | undefined) => show?.get("status") === "live";
  const uid = after?.get("creatorUid");
  return isLive(after) && !isLive(before) && typeof uid === "string" ? uid : null;
}
