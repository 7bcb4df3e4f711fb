import { spread } from "../clock/spread.js";
import type { SpotifyFailure, SpotifyFailureReason } from "../spotify/spotifyFailure.js";
import type { Command, FollowerState, Line, SentCommand } from "./followerState.js";
import type { Now } from "./now.js";
import { afterLimit, isLimit } from "./obstacle.js";

/**
 * The line to the player. It carries one command at a time, because Spotify does not guarantee their order. Only a
 * pause is sent at once, because Spotify must not play over other audio. If a command may arrive after the pause, the
 * player is paused again.
 */

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
export function isBusy({ command, isPausing }: Line): boolean {
  return command !== undefined || isPausing;
}

export function isFree(line: Line): boolean {
  return !isBusy(line) && line.lookedAfter === undefined;
}

export function send(
  state: FollowerState,
  sent: Omit<SentCommand, "wasHeard">,
  { local }: Now,
): FollowerState {
  const { line } = state;
  const { kind, because, handover } = sent;
  const { positionMs } = handover;
  const command: Command =
    kind === "seek"
      ? { kind, because, positionMs }
      : { kind, because, positionMs, uris: handover.tracks.map(({ uri }) => uri) };
  return {
    ...state,
    line: {
      ...line,
      command: { ...sent, wasHeard: line.mayBeHeard },
      mayBeHeard: line.mayBeHeard || kind === "play",
      sent: line.sent + 1,
      sentAt: local,
    },
    commands: [...state.commands, command],
  };
}

export function commandAnswered(line: Line, failure: SpotifyFailure | undefined): Line {
  const { command, mayBeHeard } = line;
  if (!failure) return { ...withPausesAllowed(line), command: undefined };
  // A refused command changed nothing. If the answer was lost, the result is unknown.
  const isRefused = command?.kind === "play" && failure.reason !== "unavailable";
  return { ...line, command: undefined, mayBeHeard: isRefused ? command.wasHeard : mayBeHeard };
}

/** Makes sure that none of our music is heard. */
export function silence(state: FollowerState, { local }: Now): FollowerState {
  const { line } = state;
  if (!line.mayBeHeard || line.isPausing || local < line.pauseRetryAt) return state;
  return {
    ...state,
    line: { ...line, isPausing: true, sent: line.sent + 1 },
    commands: [...state.commands, { kind: "pause" }],
  };
}

export function pauseAnswered(line: Line, failure: SpotifyFailure | undefined, now: Now): Line {
  const isCommanding = line.command !== undefined;
  if (!failure) return { ...line, isPausing: false, mayBeHeard: isCommanding };
  const { reason, retryAfterMs } = failure;
  const pausesFailed = line.pausesFailed + 1;
  const patience = PAUSE_AGAIN_MS * 2 ** Math.max(0, pausesFailed - QUICK_PAUSES);
  return {
    ...line,
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
export function hurried(line: Line): Line {
  return line.isRateLimited ? line : withPausesAllowed(line);
}

function withPausesAllowed(line: Line): Line {
  return { ...line, pausesFailed: 0, pauseRetryAt: -Infinity, isRateLimited: false };
}

/** Reads the player's state. */
export function look(state: FollowerState): FollowerState {
  return {
    ...state,
    line: { ...state.line, lookedAfter: state.line.sent },
    commands: [...state.commands, { kind: "report" }],
  };
}

/** Whether the report that just arrived is from before the last command. */
export function isOutdated({ lookedAfter, sent }: Line): boolean {
  return lookedAfter !== sent;
}

/** Records whether the player was observed to play our music. */
export function withHeard(state: FollowerState, mayBeHeard: boolean): FollowerState {
  return { ...state, line: { ...state.line, mayBeHeard } };
}
