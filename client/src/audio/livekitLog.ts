import type { getLogger } from "livekit-client";

/** The name under which LiveKit's client logs what belongs to a show: `getLogger` of `livekit-client` finds it. */
export const LIVEKIT_LOG = "ambient-audio";

/**
 * LiveKit's client calls it an error when a server closes a room, as it does at each show's end. Whatever becomes of
 * the sound is told by `ShowAudio`, which tries again by itself: to an app none of it is more than a warning.
 */
export function warnInsteadOfErrors(log: ReturnType<typeof getLogger>): void {
  const { methodFactory } = log;
  log.methodFactory = (method, level, name) =>
    methodFactory(method === "error" ? "warn" : method, level, name);
  log.rebuild();
}
