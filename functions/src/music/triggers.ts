import { onDocumentWritten } from "firebase-functions/firestore";
import { REGION } from "../contract/region.js";
import { dependencies } from "../assemble.js";
import { recordPlayback } from "./recordPlayback.js";
import { playbackDocument } from "../contract/music.js";

/** What the stage plays has changed, whoever changed it: the timeline keeps it. */
export const onPlaybackWritten = onDocumentWritten(
  { document: "shows/{showId}/playback/now", region: REGION, retry: true },
  async (event) => {
    const playback = playbackDocument.safeParse(event.data?.after.data());
    if (playback.success) await recordPlayback(dependencies(), event.params.showId, playback.data);
  },
);
