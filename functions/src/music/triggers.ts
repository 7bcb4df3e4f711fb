import { onDocumentWritten } from "firebase-functions/firestore";
import { onRequest } from "firebase-functions/https";
import { REGION } from "../contract/region.js";
import { dependencies } from "../assemble.js";
import { recordPlayback } from "./recordPlayback.js";
import { playbackDocument } from "../contract/music.js";

/**
 * What the stage plays has changed, whoever changed it. With the mode the rights of those on the stage
 * change: `setStageMode` sees to that itself; this is for one that died before it could, and for a right
 * that was on its way to the room meanwhile.
 */
export const onPlaybackWritten = onDocumentWritten(
  { document: "shows/{showId}/playback/now", region: REGION, retry: true },
  async (event) => {
    const { showId } = event.params;
    const before = playbackDocument.safeParse(event.data?.before.data());
    const playback = playbackDocument.safeParse(event.data?.after.data());
    if (!playback.success) return;
    const deps = dependencies();
    await recordPlayback(deps, showId, playback.data);
    if (before.success && before.data.mode !== playback.data.mode) {
      await deps.roomTasks.enqueue({ showId, uid: null });
    }
  },
);

/** The clock that all phones go by: `GET` → `{now}` in ms since the epoch. */
export const serverTime = onRequest({ region: REGION, cors: true }, (request, response) => {
  response.set("Cache-Control", "no-store");
  if (request.method !== "GET") {
    response.set("Allow", "GET").status(405).json({ error: "GET only" });
    return;
  }
  response.json({ now: dependencies().clock.now() });
});
