import type { FollowerState } from "./followerState.js";
import { wakeWhileLeaving } from "./leaving.js";
import { localTime, type Now, serverTime } from "./now.js";
import { whenToHandOverNext } from "./playing.js";
import { momentAt } from "./showMusic.js";

/** In talk, the server's time does not matter. */
export function needsClock({ music, phase }: FollowerState): boolean {
  return phase === "following" && music.playback?.mode === "music";
}

/** When something is next due without an event. `Infinity`: never. */
export function nextWake(state: FollowerState, now: Now): number {
  const wakes = state.phase === "leaving" ? [wakeWhileLeaving(state, now)] : wakesOf(state, now);
  return Math.min(...wakes.filter((wake) => wake > now.local));
}

function wakesOf(state: FollowerState, now: Now): number[] {
  const { channel, lookAt, playerState } = state;
  const moment = momentAt(state.music, serverTime(now, now.local));
  const wakes = [lookAt, channel.pauseRetryAt];
  // While nothing should play, nothing waits for the end of an obstacle or of a track.
  if (moment?.kind !== "playing") return wakes;
  if (playerState.kind === "blocked") wakes.push(playerState.obstacle.retryAt);
  if (playerState.kind === "handed") wakes.push(playerState.handover.at);
  return [...wakes, localTime(now, moment.endsAt), whenToHandOverNext(state, moment, now)];
}
