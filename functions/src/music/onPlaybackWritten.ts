import { playbackDocument } from "../contract/music.js";
import type { Dependencies } from "../dependencies.js";
import type { DocumentWrite } from "../documentWrite.js";
import { recordPlayback } from "./recordPlayback.js";

/** Stores a change of what the stage plays in the timeline. */
export async function onPlaybackWritten(
  deps: Dependencies,
  event: DocumentWrite<{ showId: string }>,
): Promise<void> {
  const playback = playbackDocument.safeParse(event.data?.after.data());
  if (playback.success) await recordPlayback(deps, event.params.showId, playback.data);
}
