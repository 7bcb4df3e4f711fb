import type { FollowerEvent, FollowerState } from "./followerState.js";
import type { Now } from "./now.js";
import { withPauseRetryAllowed, silence } from "./playerChannel.js";

/** How many failed pauses are repeated after leaving: the device may be off, or someone else may use it now. */
const LAST_PAUSES = 3;
const LONGEST_LEAVING_MS = 10_000;

/** Begins to pause the player after its listener left. */
export function leave(state: FollowerState, now: Now): FollowerState {
  const { channel, traits } = state;
  const isRecent = now.local - channel.sentAt < 2 * traits.settlingMs;
  return pauseForGood(
    {
      ...state,
      phase: "leaving",
      channel: {
        ...withPauseRetryAllowed(channel),
        pausesFailed: 0,
        ...(channel.mayBeHeard &&
          isRecent &&
          !channel.command &&
          pausedAgain(traits.settlingMs, now)),
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
  const { channel, traits } = before;
  const hasSettled = now.local >= channel.settledAt;
  const isLate = kind === "commandAnswered" && channel.mayBeHeard;
  const state = {
    ...before,
    channel: {
      ...channel,
      ...(hasSettled && { mayBeHeard: true, settledAt: Infinity }),
      ...(isLate && pausedAgain(traits.settlingMs, now)),
    },
  };
  // A command that is still on its way is awaited first.
  return channel.command ? state : pauseForGood(state, now);
}

/** A command that was sent just before may take effect just after the pause. */
function pausedAgain(settlingMs: number, now: Now) {
  return { settledAt: now.local + settlingMs };
}

function pauseForGood(state: FollowerState, now: Now): FollowerState {
  return state.channel.pausesFailed < LAST_PAUSES ? silence(state, now) : state;
}

/** When the next step is due. `Infinity`: nothing is left to do. */
export function wakeWhileLeaving({ channel }: FollowerState, { local }: Now): number {
  const { pausesFailed, pauseRetryAt, settledAt } = channel;
  const isRetried =
    channel.mayBeHeard &&
    !channel.command &&
    !channel.isPausing &&
    pausesFailed < LAST_PAUSES &&
    pauseRetryAt - local <= LONGEST_LEAVING_MS;
  return Math.min(settledAt, isRetried ? pauseRetryAt : Infinity);
}
