import { spread } from "../clock/spread.js";
import type { SpotifyFailure, SpotifyFailureReason } from "../spotify/spotifyFailure.js";
import type { Command, FollowerState, PlayerChannel, SentCommand } from "./followerState.js";
import type { Now } from "./now.js";
import { afterLimit, isLimit } from "./obstacle.js";

const PAUSE_AGAIN_MS = 1_000;
/** How many failed pauses are repeated quickly, because music may play over a voice; then the intervals grow. */
const QUICK_PAUSES = 3;
const LONGEST_PAUSE_MS = 60_000;
/** After these failures the player may still be heard. Any other failure proves that it is silent. */
const inconclusive: ReadonlySet<SpotifyFailureReason> = new Set([
  "unavailable",
  "rateLimited",
  "quotaExceeded",
  "relinkRequired",
  "notAllowListed",
]);

/** True while only a pause may be sent. */
export function isBusy({ command, isPausing }: PlayerChannel): boolean {
  return command !== undefined || isPausing;
}

export function isFree(channel: PlayerChannel): boolean {
  return !isBusy(channel) && channel.lookedAfter === undefined;
}

export function send(
  state: FollowerState,
  sent: Omit<SentCommand, "wasHeard">,
  { local }: Now,
): FollowerState {
  const { channel } = state;
  const { kind, because, handover } = sent;
  const { positionMs } = handover;
  const command: Command =
    kind === "seek"
      ? { kind, because, positionMs }
      : { kind, because, positionMs, uris: handover.tracks.map(({ uri }) => uri) };
  return {
    ...state,
    channel: {
      ...channel,
      command: { ...sent, wasHeard: channel.mayBeHeard },
      mayBeHeard: channel.mayBeHeard || kind === "play",
      sent: channel.sent + 1,
      sentAt: local,
    },
    commands: [...state.commands, command],
  };
}

export function commandAnswered(
  channel: PlayerChannel,
  failure: SpotifyFailure | undefined,
): PlayerChannel {
  const { command, mayBeHeard } = channel;
  if (!failure) return { ...withPausesAllowed(channel), command: undefined };
  // A refused command changed nothing. If the answer was lost, the result is unknown.
  const isRefused = command?.kind === "play" && failure.reason !== "unavailable";
  return { ...channel, command: undefined, mayBeHeard: isRefused ? command.wasHeard : mayBeHeard };
}

/** Makes sure that none of our music is heard. */
export function silence(state: FollowerState, { local }: Now): FollowerState {
  const { channel } = state;
  if (!channel.mayBeHeard || channel.isPausing || local < channel.pauseRetryAt) return state;
  return {
    ...state,
    channel: { ...channel, isPausing: true, sent: channel.sent + 1 },
    commands: [...state.commands, { kind: "pause" }],
  };
}

export function pauseAnswered(
  channel: PlayerChannel,
  failure: SpotifyFailure | undefined,
  now: Now,
): PlayerChannel {
  const isCommanding = channel.command !== undefined;
  if (!failure) return { ...channel, isPausing: false, mayBeHeard: isCommanding };
  const { reason, retryAfterMs } = failure;
  const pausesFailed = channel.pausesFailed + 1;
  const patience = PAUSE_AGAIN_MS * 2 ** Math.max(0, pausesFailed - QUICK_PAUSES);
  return {
    ...channel,
    isPausing: false,
    mayBeHeard: isCommanding || inconclusive.has(reason),
    isRateLimited: isLimit(reason),
    pausesFailed,
    pauseRetryAt:
      now.local +
      (retryAfterMs === undefined
        ? spread(Math.min(LONGEST_PAUSE_MS, patience), now.random)
        : afterLimit(retryAfterMs, now)),
  };
}

/** Lets a failed pause be repeated at once, unless a rate limit forbids it, because the listener acted. */
export function withPauseRetryAllowed(channel: PlayerChannel): PlayerChannel {
  return channel.isRateLimited ? channel : withPausesAllowed(channel);
}

function withPausesAllowed(channel: PlayerChannel): PlayerChannel {
  return { ...channel, pausesFailed: 0, pauseRetryAt: -Infinity, isRateLimited: false };
}

/** Reads the player's state. */
export function look(state: FollowerState): FollowerState {
  return {
    ...state,
    channel: { ...state.channel, lookedAfter: state.channel.sent },
    commands: [...state.commands, { kind: "report" }],
  };
}

/** Whether the report that just arrived is from before the last command. */
export function isOutdated({ lookedAfter, sent }: PlayerChannel): boolean {
  return lookedAfter !== sent;
}

/** Records whether the player was observed to play our music. */
export function withHeard(state: FollowerState, mayBeHeard: boolean): FollowerState {
  return { ...state, channel: { ...state.channel, mayBeHeard } };
}
