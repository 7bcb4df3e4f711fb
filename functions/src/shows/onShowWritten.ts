import { attemptInTurn } from "../attemptAll.js";
import type { Dependencies } from "../dependencies.js";
import type { DocumentWrite, WrittenDocument } from "../documentWrite.js";
import { askForFeed } from "../feed/askForFeed.js";
import { announceShow } from "../notifications/announce.js";
import { isSearchChange } from "../search/isSearchChange.js";
import { updateShowSearch } from "../search/updateShowSearch.js";
import { countOpenDrafts, openedOrClosed } from "./countOpenDrafts.js";
import { eraseDraft } from "./eraseDraft.js";
import { settleShow } from "./settleVisibility.js";
import { keepShowId } from "./keepShowId.js";

/**
 * Starts whatever follows from a change of a show. The effects do not depend on each other: one that fails does not
 * stop the others, and the event is delivered again.
 */
export async function onShowWritten(
  deps: Pick<
    Dependencies,
    "firestore" | "clock" | "tasks" | "audienceIntervalMs" | "digestIntervalMs" | "movesIntervalMs"
  >,
  { data, params }: Pick<DocumentWrite<{ showId: string }>, "data" | "params">,
): Promise<void> {
  const { showId } = params;
  const before = data?.before;
  const after = data?.after;
  const isRepinned = before?.get("pinnedCommentId") !== after?.get("pinnedCommentId");
  const countedCreator = openedOrClosed(before, after);
  const isNewOrGone = before?.exists !== after?.exists;
  await attemptInTurn([
    async () => isRepinned && askForFeed(deps, showId),
    async () => isPublicAgain(before, after) && settleShow(deps, showId),
    async () => countedCreator !== null && countOpenDrafts(deps, countedCreator),
    () => announceShow(deps, showId, before, after),
    async () => isSearchChange(before, after) && updateShowSearch(deps, showId),
    async () => isNewOrGone && keepShowId(deps, showId),
    async () => isNewOrGone && after?.exists === false && eraseDraft(deps, showId),
  ]);
}

/** An appeal may restore a show whose creator is suspended in the meantime. */
function isPublicAgain(
  before: WrittenDocument | undefined,
  after: WrittenDocument | undefined,
): boolean {
  return before?.get("visibility") === "taken_down" && after?.get("visibility") === "public";
}
