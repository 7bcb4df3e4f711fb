import { playbackDocument } from "../contract/music.js";
import type { Dependencies } from "../dependencies.js";
import type { DocumentWrite } from "../documentWrite.js";
import { recordPlayback } from "./recordPlayback.js";

/** What the stage plays has changed, whoever changed it: the timeline keeps it. */
export async function onPlaybackWritten(
  deps: Dependencies,
  event: DocumentWrite<{ showId: string }>,
): Promise<void> {
  const playback = playbackDocument.safeParse(event.data?.after.data());
  if (playback.success) await recordPlayback(deps, event.params.showId, playback.data);
}
