import type { Audio } from "./schema.js";

/** What a participant gets to hear the show with, and to speak where `canPublish` says so. */
export function audioAccess(participant: { canPublish: boolean }): Audio {
  return { provider: "none", canPublish: participant.canPublish };
}
