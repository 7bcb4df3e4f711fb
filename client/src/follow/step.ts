import type { Command, FollowerEvent, FollowerState } from "./followerState.js";
import { reportFailed, judge, lookIfDue, lookSoon } from "./judging.js";
import { goOnLeaving, leave } from "./leaving.js";
import {
  commandAnswered,
  withPauseRetryAllowed,
  isBusy,
  isOutdated,
  pauseAnswered,
} from "./playerChannel.js";
import { type Now, serverTime } from "./now.js";
import { isLimit } from "./obstacle.js";
import type { PlayerState } from "./playerState.js";
import { beSilent, follow, commandAccepted, playFailed, seekFailed } from "./playing.js";
import { momentAt, withPlayback, withPlaylist } from "./showMusic.js";
import { nextWake } from "./waking.js";

/** The whole of the follower's behaviour: what an event changes, and what to do about it. Pure. */
export function step(
  before: FollowerState,
  event: FollowerEvent,
  now: Now,
): { readonly state: FollowerState; readonly commands: readonly Command[] } {
  if (before.phase === "released") return { state: before, commands: [] };
  const state = next(before, event, now);
  const wake: Command = {
    kind: "wake",
    at: state.phase === "released" ? Infinity : nextWake(state, now),
  };
  return { state: { ...state, commands: [] }, commands: [...state.commands, wake] };
}

function next(before: FollowerState, event: FollowerEvent, now: Now): FollowerState {
  if (event.kind === "released") return { ...before, phase: "released" };
  if (before.phase === "leaving") {
    const isIgnored = !["woke", "commandAnswered", "pauseAnswered"].includes(event.kind);
    return isIgnored ? before : goOnLeaving(received(before, event, now), event, now);
  }
  if (event.kind === "closed") return leave(before, now);
  return reconciled(received(before, event, now), now);
}

function received(state: FollowerState, event: FollowerEvent, now: Now): FollowerState {
  switch (event.kind) {
    case "playback":
      return { ...state, music: withPlayback(state.music, event.playback, event.origin) };
    case "playlist":
      return { ...state, music: withPlaylist(state.music, event.playlist) };
    case "clockChanged": {
      const { playerState } = state;
      // The player continued while the device slept, but the clock used to follow it stopped.
      const isLost = event.isUnsure && playerState.kind === "handed";
      return lookSoon(isLost ? { ...state, playerState: { ...playerState, isLost } } : state, now);
    }
    case "playerChanged":
    case "refreshed":
      return lookSoon(state, now);
    case "resumed":
      return {
        ...state,
        failures: 0,
        channel: withPauseRetryAllowed(state.channel),
        playerState: resumed(state.playerState),
      };
    case "commandAnswered":
      return withCommandAnswered(state, event.failure, now);
    case "pauseAnswered": {
      const answered = { ...state, channel: pauseAnswered(state.channel, event.failure, now) };
      return event.failure
        ? answered
        : { ...answered, lookAt: now.local + state.traits.settlingMs };
    }
    case "reported":
    case "reportFailed": {
      const looked = { ...state, channel: { ...state.channel, lookedAfter: undefined } };
      if (isOutdated(state.channel)) return looked;
      return event.kind === "reported"
        ? judge(looked, event.report, now)
        : reportFailed(looked, event.failure, now);
    }
    case "woke":
    case "closed":
    case "released":
      return state;
  }
}

function withCommandAnswered(
  before: FollowerState,
  failure: Parameters<typeof commandAnswered>[1],
  now: Now,
): FollowerState {
  const { command } = before.channel;
  const state = { ...before, channel: commandAnswered(before.channel, failure) };
  if (!command) return state;
  if (!failure) return commandAccepted(state, command);
  if (command.kind === "play") return playFailed(state, command, failure, now);
  if (command.because === "drift") return reportFailed(state, failure, now);
  return seekFailed(state, failure, now);
}

/** The listener tries again. A limit of Spotify still applies. */
function resumed(playerState: PlayerState): PlayerState {
  switch (playerState.kind) {
    case "stopped":
    case "unplayable":
      return { kind: "idle" };
    case "blocked":
      return isLimit(playerState.obstacle.reason) ? playerState : { kind: "idle" };
    case "idle":
    case "handed":
      return playerState;
  }
}

/** Compares the player with the show and acts on the difference. */
function reconciled(state: FollowerState, now: Now): FollowerState {
  const moment = momentAt(state.music, serverTime(now, now.local));
  if (!moment) return state;
  if (moment.kind !== "playing") return lookIfDue(beSilent(state, now), moment, now);
  return lookIfDue(isBusy(state.channel) ? state : follow(state, moment, now), moment, now);
}
