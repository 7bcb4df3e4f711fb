import type { FollowerEvent, FollowerState } from "./followerState.js";
import type { Now } from "./now.js";
import { hurried, silence } from "./line.js";

/** How many failed pauses are repeated after leaving: the device may be off, or someone else may use it now. */
const LAST_PAUSES = 3;
const LONGEST_LEAVING_MS = 10_000;

/** Begins to pause the player after its listener left. */
export function leave(state: FollowerState, now: Now): FollowerState {
  const { line, traits } = state;
  const isRecent = now.local - line.sentAt < 2 * traits.settlingMs;
  return pauseForGood(
    {
      ...state,
      phase: "leaving",
      line: {
        ...hurried(line),
        pausesFailed: 0,
        ...(line.mayBeHeard && isRecent && !line.command && pausedAgain(traits.settlingMs, now)),
      },
    },
    now,
  );
}

/** Repeats a failed pause a few times. */
export function goOnLeaving(
  before: FollowerState,
  { kind }: FollowerEvent,
  now: Now,
): FollowerState {
  const { line, traits } = before;
  const hasSettled = now.local >= line.settledAt;
  const isLate = kind === "commandAnswered" && line.mayBeHeard;
  const state = {
    ...before,
    line: {
      ...line,
      ...(hasSettled && { mayBeHeard: true, settledAt: Infinity }),
      ...(isLate && pausedAgain(traits.settlingMs, now)),
    },
  };
  // A command that is still on its way is awaited first.
  return line.command ? state : pauseForGood(state, now);
}

/** A command that was sent just before may take effect just after the pause. */
function pausedAgain(settlingMs: number, now: Now) {
  return { settledAt: now.local + settlingMs };
}

function pauseForGood(state: FollowerState, now: Now): FollowerState {
  return state.line.pausesFailed < LAST_PAUSES ? silence(state, now) : state;
}

/** When to go on. `Infinity`: there is nothing left to do. */
export function wakeWhileLeaving({ line }: FollowerState, { local }: Now): number {
  const { pausesFailed, pauseRetryAt, settledAt } = line;
  const isRetried =
    line.mayBeHeard &&
    !line.command &&
    !line.isPausing &&
    pausesFailed < LAST_PAUSES &&
    pauseRetryAt - local <= LONGEST_LEAVING_MS;
  return Math.min(settledAt, isRetried ? pauseRetryAt : Infinity);
}
