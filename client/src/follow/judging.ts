import type { PlaybackMoment } from "../../../functions/src/contract/playbackAt.js";
import type { PlayerReport } from "../player/player.js";
import type { SpotifyFailure } from "../spotify/spotifyFailure.js";
import { scatterMs, withLatency } from "./commandLatency.js";
import { judgeDrift } from "./drift.js";
import type { FollowerState } from "./followerState.js";
import { type Handover, indexOf, leadOver, positionAt } from "./handover.js";
import { isFree, look, withHeard } from "./playerChannel.js";
import { type Now, serverTime } from "./now.js";
import { isLimit, obstacleAfter } from "./obstacle.js";
import type { Handed } from "./playerState.js";
import { blocked, play, repeat, seek, wantedAt } from "./playing.js";
import { uriInList } from "./sameRecording.js";
import { momentAt } from "./showMusic.js";

/** A smaller difference is not worth the audible seek. */
const TOLERANCE_MS = 30;
/**
 * At least a minute between two corrections, plus a margin for a fast clock. Following a host is not a correction.
 */
const CORRECT_EVERY_MS = 61_000;
/** A command that is this far off after its expected time had no effect. */
const NOT_ARRIVED_MS = 1_000;
/** If the player is ahead by more than this and in a later track, Spotify skipped the current track. */
const LEFT_OUT_MS = 3_000;

/** Looks as soon as the player has settled. */
export function lookSoon(state: FollowerState, now: Now): FollowerState {
  const { playerState, traits } = state;
  const settled =
    playerState.kind === "handed" ? playerState.handover.at + traits.settlingMs : -Infinity;
  return { ...state, lookAt: Math.min(state.lookAt, Math.max(now.local, settled)) };
}

export function lookIfDue(state: FollowerState, moment: PlaybackMoment, now: Now): FollowerState {
  if (!isFree(state.channel) || now.local < state.lookAt) return state;
  const { kind } = state.playerState;
  const isPlaying = moment.kind === "playing";
  // Scheduled even if this look fails: only a look can show that the listener pressed play again.
  const isAwaited = isPlaying && kind === "stopped";
  const lookAt = isAwaited ? now.local + state.traits.reportEveryMs : Infinity;
  const scheduled = { ...state, lookAt };
  if (isPlaying && kind !== "handed" && kind !== "stopped") return scheduled;
  return look(scheduled);
}

export function reportFailed(
  state: FollowerState,
  { reason, retryAfterMs }: SpotifyFailure,
  now: Now,
): FollowerState {
  switch (reason) {
    case "unavailable":
    case "restricted":
    case "rateLimited":
    case "quotaExceeded": {
      const { playerState } = state;
      const limitEndsAt = isLimit(reason)
        ? obstacleAfter(reason, retryAfterMs, 1, now).retryAt
        : -Infinity;
      return {
        ...state,
        // The music keeps playing while nobody checks it. If the device slept, it is started again.
        playerState:
          playerState.kind === "handed" && playerState.isLost ? { kind: "idle" } : playerState,
        lookAt: Math.max(now.local + state.traits.reportEveryMs, limitEndsAt),
      };
    }
    default:
      return blocked(state, reason, {}, now);
  }
}

export function judge(
  state: FollowerState,
  reported: PlayerReport | null,
  now: Now,
): FollowerState {
  const report = reported && { ...reported, trackUri: uriInList(reported, state.handed) };
  const isOurs = report && state.handed.some(({ uri }) => uri === report.trackUri);
  const { playerState } = state;
  if (momentAt(state.music, serverTime(now, now.local))?.kind !== "playing") {
    // A command overtook the pause, or the listener started our music while the show is silent.
    return isOurs && !report.paused ? withHeard(state, true) : state;
  }
  // Spotify soon forgets a paused device. Starting it again would override the listener.
  if (!report && playerState.kind !== "stopped")
    return blocked(withHeard(state, false), "noDevice", {}, now);
  if (!isOurs || report.paused) return sawAnother(state, now);
  // The listener pressed play again in Spotify.
  if (playerState.kind === "stopped")
    return { ...withHeard(state, true), playerState: { kind: "idle" } };
  return playerState.kind === "handed" ? sawOurs(state, playerState, report, now) : state;
}

/** The player is paused or plays something else. One report may show a passing state. */
function sawAnother(before: FollowerState, now: Now): FollowerState {
  const { playerState, traits } = before;
  const state = { ...before, foreignReports: before.foreignReports + 1 };
  if (playerState.kind !== "stopped" && state.foreignReports < 2) return lookAgain(state, now);
  const repeated =
    playerState.kind === "handed" && playerState.unproven ? repeat(state, now) : state;
  if (repeated.channel.command) return repeated;
  return {
    ...withHeard(repeated, false),
    playerState: { kind: "stopped" },
    lookAt: now.local + traits.reportEveryMs,
  };
}

function sawOurs(
  before: FollowerState,
  handed: Handed,
  report: PlayerReport,
  now: Now,
): FollowerState {
  const state = { ...before, foreignReports: 0 };
  const { tracks } = handed.handover;
  const expected = positionAt(handed.handover, report.at)?.index ?? 0;
  const index = indexOf(tracks, report.trackUri, expected);
  const wanted = wantedAt(state, report.at, now);
  const wantedIndex = wanted && indexOf(tracks, wanted.trackUri, index ?? expected);
  if (!wanted || index === undefined || wantedIndex === undefined)
    return lookAgain({ ...state, playerState: { ...handed, isLost: false } }, now);
  const position = { index, positionMs: report.positionMs };
  const lead = leadOver(tracks, position, { index: wantedIndex, positionMs: wanted.positionMs });
  if (handed.unproven?.command === "play" && index > wantedIndex && lead > LEFT_OUT_MS)
    return { ...state, playerState: { kind: "unplayable", trackUri: wanted.trackUri } };
  const seen = { tracks, ...position, at: report.at };
  return judgeLead(state, { lead, errorMs: report.errorMs, handed, seen, wantedIndex }, now);
}

function judgeLead(
  before: FollowerState,
  {
    lead,
    errorMs,
    handed,
    seen,
    wantedIndex,
  }: {
    readonly lead: number;
    readonly errorMs: number;
    readonly handed: Handed;
    readonly seen: Handover;
    readonly wantedIndex: number;
  },
  now: Now,
): FollowerState {
  const { unproven } = handed;
  // A seek is only worthwhile if it is more precise than the current difference.
  const tolerance = Math.max(TOLERANCE_MS, 2 * scatterMs(before.latency.seek)) + errorMs;
  const verdict = judgeDrift(before.leads, lead, tolerance);
  if (verdict.kind === "unclear") {
    const handover = handed.isLost ? seen : handed.handover;
    return lookAgain(
      {
        ...before,
        leads: verdict.leads,
        playerState: { ...handed, handover, isLost: false },
      },
      now,
    );
  }
  const typicalLead = verdict.kind === "off" ? verdict.leadMs : lead;
  const state: FollowerState = {
    ...before,
    leads: verdict.leads,
    playerState: { kind: "handed", handover: seen, isLost: false },
    lookAt: now.local + before.traits.reportEveryMs,
  };
  const hadNoEffect = unproven && Math.abs(typicalLead) > NOT_ARRIVED_MS;
  const repeated = hadNoEffect ? repeat(state, now) : state;
  if (repeated.channel.command) return repeated;
  const taught = unproven ? withLearned(repeated, unproven, typicalLead) : repeated;
  return verdict.kind === "off" ? corrected(taught, seen, wantedIndex, now) : taught;
}

function withLearned(
  state: FollowerState,
  { command, expectedMs }: NonNullable<Handed["unproven"]>,
  lead: number,
): FollowerState {
  const { latency } = state;
  return {
    ...state,
    latency: { ...latency, [command]: withLatency(latency[command], expectedMs - lead) },
  };
}

function corrected(
  state: FollowerState,
  seen: Handover,
  wantedIndex: number,
  now: Now,
): FollowerState {
  if (now.local - state.correctedAt < CORRECT_EVERY_MS) return state;
  const next =
    seen.index === wantedIndex
      ? seek(state, seen, wantedIndex, "drift", now)
      : play(state, "drift", now);
  return next.channel.command ? { ...next, correctedAt: now.local } : next;
}

function lookAgain(state: FollowerState, now: Now): FollowerState {
  return { ...state, lookAt: now.local + state.traits.settlingMs / 2 };
}
