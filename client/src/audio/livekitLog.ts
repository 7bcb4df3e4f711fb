import type { getLogger } from "livekit-client";

/**
 * The name of LiveKit's logger for a show's audio. Pass it to `getLogger` of `livekit-client` to change its level.
 */
export const LIVEKIT_LOG = "ambient-audio";

/**
 * LiveKit's client logs an error when a server closes a room, which happens at the end of each show. `ShowAudio`
 * reports the state of the audio and reconnects by itself, so an app should see these as warnings at most.
 */
export function warnInsteadOfErrors(log: ReturnType<typeof getLogger>): void {
  const { methodFactory } = log;
  log.methodFactory = (method, level, name) =>
    methodFactory(method === "error" ? "warn" : method, level, name);
  log.rebuild();
}
