import { showRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import type { DocumentWrite } from "../documentWrite.js";
import { askForFeed } from "./askForFeed.js";

/**
 * Asks for the count of an ended show's opens and saves. A live show is counted at its end. Deletions change nothing: with an
 * account or after the retention period, who it was is forgotten, and the numbers stay.
 */
export async function onSaveWritten(
  deps: Pick<
    Dependencies,
    "firestore" | "clock" | "tasks" | "audienceIntervalMs" | "digestIntervalMs"
  >,
  { data, params }: Pick<DocumentWrite<{ showId: string; uid: string }>, "data" | "params">,
): Promise<void> {
  if (data?.after.exists !== true) return;
  const show = (await showRef(deps.firestore, params.showId).get()).data();
  if (show?.status === "ended") await askForFeed(deps, params.showId);
}
