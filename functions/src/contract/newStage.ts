import type { StageDocument } from "./stage.js";

/** The stage of a new live show. Its creator is the first person who may speak. */
export function newStage(creatorUid: string): StageDocument {
  return {
    closing: null,
    seating: 0,
    permissionsChangedAt: null,
    spoke: [creatorUid],
    cleanup: null,
    conversationSince: null,
    playsSince: null,
  };
}
