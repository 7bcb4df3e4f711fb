import { onDocumentWritten } from "firebase-functions/firestore";
import { onRequest } from "firebase-functions/https";
import { REGION } from "../config.js";
import { dependencies } from "../dependencies.js";
import { recordPlayback } from "./recordPlayback.js";
import { playbackDocument } from "./schema.js";

/** What the stage plays has changed, whoever changed it. */
export const onPlaybackWritten = onDocumentWritten(
  { document: "shows/{showId}/playback/now", region: REGION, retry: true },
  async (event) => {
    const playback = playbackDocument.safeParse(event.data?.after.data());
    if (playback.success) await recordPlayback(dependencies(), event.params.showId, playback.data);
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
