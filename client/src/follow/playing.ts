import type { PlaybackMoment } from "../../../functions/src/contract/playbackAt.js";
import type { SpotifyFailure } from "../spotify/spotifyFailure.js";
import { expectedMs } from "./commandLatency.js";
import type { CommandReason, FollowerState, SentCommand } from "./followerState.js";
import { type Handover, indexOf, leadOver, positionAt, tracksInAgreement } from "./handover.js";
import { send, silence } from "./playerChannel.js";
import { localTime, type Now, serverTime } from "./now.js";
import { type Obstacle, obstacleAfter } from "./obstacle.js";
import { momentAt, sequenceOf, tracksOf } from "./showMusic.js";

export type Playing = PlaybackMoment & { kind: "playing" };

/** A host's seek moves the position by more than this; a playlist edit moves it by less. */
const HOSTS_STEP_MS = 250;

/** Compares the player with the show and acts on the difference. The channel must be able to carry a command. */
export function follow(state: FollowerState, moment: Playing, now: Now): FollowerState {
  const { playerState } = state;
  switch (playerState.kind) {
    case "idle":
      return play(state, "show", now);
    case "handed":
      // Wait for a command in flight: it would undo a later one.
      return playerState.isLost || now.local < playerState.handover.at
        ? state
        : keepUp(state, playerState.handover, now);
    case "stopped":
      // The music just began again: only a look can show that the listener pressed play.
      return state.lookAt === Infinity ? { ...state, lookAt: now.local } : state;
    case "unplayable": {
      const isNext =
        playerState.trackUri !== moment.trackUri ||
        now.local >= whenToHandOverNext(state, moment, now);
      return isNext ? play(state, "show", now) : beSilent(state, now);
    }
    case "blocked": {
      const { retryAt, hostMayEndIt } = playerState.obstacle;
      const isOver = now.local >= retryAt || (hostMayEndIt && hasHostActed(state));
      return isOver ? play(state, "show", now) : state;
    }
  }
}

export function beSilent(state: FollowerState, now: Now): FollowerState {
  switch (state.playerState.kind) {
    case "handed":
      return silence({ ...state, playerState: { kind: "idle" } }, now);
    case "stopped":
      // The scheduled look would notice that the listener presses play, which no longer matters. A look that is already
      // due was requested for another reason, so it stays.
      return silence({ ...state, lookAt: state.lookAt > now.local ? Infinity : state.lookAt }, now);
    default:
      return silence(state, now);
  }
}

function hasHostActed({ music, sentSequence }: FollowerState): boolean {
  return sequenceOf(music) !== sentSequence;
}

/** The player plays its list. Checks whether the show still plays the same. */
function keepUp(state: FollowerState, handover: Handover, now: Now): FollowerState {
  const wanted = wantedAt(state, now.local, now);
  if (!wanted) return state;
  const position = positionAt(handover, now.local);
  const index = position && indexOf(handover.tracks, wanted.trackUri, position.index);
  if (!position || index === undefined) return play(state, "show", now);
  const agreed = tracksInAgreement(handover.tracks, index, tracksOf(state.music), wanted);
  // The next track is wrong already: replace the list now, because a locked phone cannot do it later.
  if (agreed === 0) return play(state, "show", now);
  if (hasHostActed(state)) {
    const lead = leadOver(handover.tracks, position, { index, positionMs: wanted.positionMs });
    const acting = { ...state, sentSequence: sequenceOf(state.music) };
    if (Math.abs(lead) > HOSTS_STEP_MS) {
      return index === position.index
        ? seek(acting, handover, index, "show", now)
        : play(acting, "show", now);
    }
    return withRest(acting, agreed, wanted, now);
  }
  return withRest(state, agreed, wanted, now);
}

/**
 * If the list ends or differs after the next track, sends the rest so that it becomes audible exactly when this track
 * ends.
 */
function withRest(state: FollowerState, agreed: number, wanted: Playing, now: Now): FollowerState {
  const isDue = agreed === 1 && now.local >= whenToHandOverNext(state, wanted, now);
  return isDue ? play(state, "rest", now) : state;
}

export function wantedAt({ music }: FollowerState, local: number, now: Now): Playing | undefined {
  const moment = momentAt(music, serverTime(now, local));
  return moment?.kind === "playing" ? moment : undefined;
}

export function whenToHandOverNext(
  { latency }: FollowerState,
  { endsAt }: Playing,
  now: Now,
): number {
  return localTime(now, endsAt) - expectedMs(latency.play);
}

/** Sends the rest of the playlist, starting at the position where the show will be when it becomes audible. */
export function play(state: FollowerState, because: CommandReason, now: Now): FollowerState {
  const { latency, music, playerState, traits } = state;
  const expected = expectedMs(latency.play);
  const wanted = wantedAt(state, now.local + expected, now);
  // The music ends before it would be heard.
  if (!wanted) return state;
  if (playerState.kind === "unplayable" && playerState.trackUri === wanted.trackUri) return state;
  const tracks = tracksOf(music).slice(wanted.trackIndex, wanted.trackIndex + traits.longestList);
  const positionMs = Math.round(wanted.positionMs);
  const handover = { tracks, index: 0, positionMs, at: now.local + expected };
  return send(
    { ...state, sentSequence: sequenceOf(music), handed: tracks },
    { kind: "play", because, handover, expectedMs: expected },
    now,
  );
}

/** Seeks within the current track of the player. */
export function seek(
  state: FollowerState,
  { tracks }: Handover,
  index: number,
  because: CommandReason,
  now: Now,
): FollowerState {
  const expected = expectedMs(state.latency.seek);
  const wanted = wantedAt(state, now.local + expected, now);
  // The track ends before the seek would be heard, and the next one starts by itself.
  if (!wanted || wanted.trackUri !== tracks[index]?.uri) return state;
  const positionMs = Math.round(wanted.positionMs);
  const handover = { tracks, index, positionMs, at: now.local + expected };
  return send(state, { kind: "seek", because, handover, expectedMs: expected }, now);
}

/** Repeats a command for a host's action, once: it had no effect, or an earlier one overtook it. */
export function repeat(state: FollowerState, now: Now): FollowerState {
  if (state.repeatedFor === state.sentSequence) return state;
  return play({ ...state, repeatedFor: state.sentSequence }, "lost", now);
}

/** The player accepted a command. */
export function commandAccepted(
  state: FollowerState,
  { kind, handover, expectedMs: expected }: SentCommand,
): FollowerState {
  return {
    ...state,
    failures: kind === "play" ? 0 : state.failures,
    playerState: {
      kind: "handed",
      handover,
      unproven: { command: kind, expectedMs: expected },
      isLost: false,
    },
    foreignReports: 0,
    leads: [],
    lookAt: handover.at + state.traits.settlingMs,
  };
}

export function playFailed(
  state: FollowerState,
  { handover }: SentCommand,
  failure: SpotifyFailure,
  now: Now,
): FollowerState {
  const { reason } = failure;
  // This track cannot be played here; the next one can be tried.
  return reason === "restricted"
    ? { ...state, playerState: { kind: "unplayable", trackUri: handover.tracks[0]?.uri ?? "" } }
    : blocked(state, reason, failure, now);
}

/** A host's action is not dropped: a play command has the same effect, now or later. */
export function seekFailed(state: FollowerState, failure: SpotifyFailure, now: Now): FollowerState {
  const { reason } = failure;
  return reason === "restricted" || reason === "unavailable"
    ? { ...state, playerState: { kind: "idle" } }
    : blocked(state, reason, failure, now);
}

export function blocked(
  state: FollowerState,
  reason: Obstacle["reason"],
  { retryAfterMs, devices }: Partial<SpotifyFailure>,
  now: Now,
): FollowerState {
  const failures = state.failures + 1;
  const obstacle = obstacleAfter(reason, retryAfterMs, failures, now);
  return {
    ...state,
    failures,
    playerState: { kind: "blocked", obstacle: { ...obstacle, ...(devices && { devices }) } },
  };
}
