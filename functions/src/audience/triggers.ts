import { onWrite } from "../trigger.js";

export const onParticipantWritten = onWrite(
  "onParticipantWritten",
  "shows/{showId}/participants/{uid}",
  async () => (await import("./onParticipantWritten.js")).onParticipantWritten,
);
