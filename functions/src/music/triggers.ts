import { onWrite } from "../trigger.js";

export const onPlaybackWritten = onWrite(
  "onPlaybackWritten",
  "shows/{showId}/playback/now",
  async () => (await import("./onPlaybackWritten.js")).onPlaybackWritten,
);
