import { ENTRIES_PER_READ } from "../scale/firestoreUse.js";
import type { Coefficients } from "./coefficients.js";
import type { Design } from "./designs.js";
import { timeOf, type Calls } from "./functions.js";
import { publishing } from "./publishing.js";
import { listenerHoursOf, PLAYBACK_STEPS_PER_MUSIC_HOUR, type Scenario } from "./scenario.js";

/** The use of one show from its first minute to its last. */
export interface Usage {
  /** The documents that listeners' subscriptions deliver, including the rules' lookups for them. */
  readonly listenerReads: number;
  /** The rules' lookups for writes, and what authors read of their own for them. */
  readonly ruleReads: number;
  readonly serverReads: number;
  readonly writes: number;
  readonly deletes: number;
  readonly firestoreEgressBytes: number;
  readonly calls: number;
  readonly vcpuSeconds: number;
  readonly memoryGibSeconds: number;
  readonly functionEgressBytes: number;
  readonly taskOperations: number;
  /** Calls to LiveKit's server API, which are free but limited. */
  readonly livekitCalls: number;
  readonly audioMinutes: number;
  readonly audioEgressBytes: number;
}

/** LiveKit Cloud rounds each connection up to a minute, which adds half a minute on average. */
const ROUNDING_MINUTES = 0.5;

export function usageOf(scenario: Scenario, design: Design, c: Coefficients): Usage {
  const { listeners, minutes, musicShare, commentsPerSecond, reactionsPerSecond } = scenario;
  const seconds = minutes * 60;
  const listenerHours = listenerHoursOf(scenario);
  const hasMusic = musicShare > 0;
  const commentFeed = design.commentFeed(listeners, commentsPerSecond);
  const isDigest = commentFeed === "digest";
  const isWrittenMoreOften =
    design.feedIntervalSeconds(listeners, commentFeed) < design.audienceIntervalSeconds(listeners);

  const joins = scenario.joinsPerSecond * seconds;
  const leaves = joins;
  const comments = commentsPerSecond * seconds;
  const reactions = reactionsPerSecond * seconds;
  const { looks, runs, writes: feedWrites, audienceCounts } = publishing(scenario, design);
  const showWrites = joins > 0 ? seconds / design.discoveryIntervalSeconds : 0;
  const steps = PLAYBACK_STEPS_PER_MUSIC_HOUR * (minutes / 60) * musicShare;
  const sweeps = minutes;
  const { heartbeatSeconds } = design;
  const heartbeats = heartbeatSeconds === undefined ? 0 : (listeners * seconds) / heartbeatSeconds;
  const tokens = hasMusic ? joins + listenerHours : 0;
  const clockReadings = hasMusic
    ? joins * c["clock.callsPerJoin"] + listeners * minutes * c["clock.callsPerMinute"]
    : 0;

  const calls: Calls = {
    joinShow: joins,
    leaveShow: leaves,
    audioWebhook: joins + leaves,
    onParticipantWritten: joins + leaves,
    onCommentWritten: comments,
    onReactionWritten: reactions,
    publishFeed: looks,
    sweepShow: sweeps,
    getSpotifyAccessToken: tokens,
    serverTime: clockReadings,
  };
  const time = timeOf(calls, seconds, c);

  const directDeliveries = isDigest ? 0 : comments * listeners;
  const readsPerCount = Math.ceil(listeners / ENTRIES_PER_READ);
  return {
    listenerReads:
      joins * (c["join.listenerReads"] + (isDigest ? 0 : c["join.commentReads"])) +
      directDeliveries * c["comment.listenerReads"] +
      listeners *
        (feedWrites * c["feed.listenerReads"] +
          showWrites * c["show.listenerReads"] +
          steps * c["playback.listenerReads"]),
    ruleReads:
      comments * (c["comment.ruleReads"] + c["comment.authorReads"]) +
      reactions * (c["reaction.ruleReads"] + c["reaction.authorReads"]) +
      heartbeats * c["naive.heartbeat.ruleReads"],
    serverReads:
      joins * c["join.serverReads"] +
      leaves * c["leave.serverReads"] +
      comments * c["comment.serverReads"] +
      looks * (c["feed.serverReads"] + (isDigest ? 0 : c["feed.directReads"])) +
      runs *
        ((isDigest ? c["feed.digestReads"] : 0) +
          c["feed.pinReads"] +
          c["feed.reactionSums"] * readsPerCount) +
      audienceCounts * c["feed.audienceCounts"] * readsPerCount +
      sweeps *
        (c["sweep.serverReads"] +
          c["sweep.counts"] * readsPerCount +
          (design.sweepReads === "everybody" ? listeners * c["naive.sweep.readsPerListener"] : 0)) +
      tokens * c["token.serverReads"],
    writes:
      joins * c["join.writes"] +
      leaves * c["leave.writes"] +
      comments * c["comment.writes"] +
      reactions * c["reaction.writes"] +
      feedWrites * c["feed.writes"] +
      showWrites +
      steps +
      heartbeats * c["naive.heartbeat.writes"] +
      tokens * c["token.writes"],
    deletes: leaves * c["leave.deletes"],
    firestoreEgressBytes:
      joins * (c["join.bytes"] + (isDigest ? c["feed.digestBytes"] : c["join.commentBytes"])) +
      directDeliveries * c["comment.bytes"] +
      listeners *
        (feedWrites * (c["feed.bytes"] + (isDigest ? c["feed.digestBytes"] : 0)) +
          showWrites * c["show.bytes"] +
          steps * c["playback.bytes"]),
    calls: time.calls,
    vcpuSeconds: time.vcpuSeconds,
    memoryGibSeconds: time.memoryGibSeconds,
    functionEgressBytes: time.calls * c["call.bytes"],
    taskOperations:
      joins * c["join.taskOperations"] +
      leaves * c["leave.taskOperations"] +
      comments * c["comment.taskOperations"] +
      reactions * c["reaction.taskOperations"] +
      looks * c["feed.taskOperations"] +
      (isWrittenMoreOften ? audienceCounts * c["feed.countOperations"] : 0) +
      sweeps * c["sweep.taskOperations"],
    livekitCalls:
      joins * c["join.livekitCalls"] +
      leaves * c[design.livekitCallsPerLeave] +
      sweeps * c["sweep.livekitCalls"],
    audioMinutes: listeners * minutes + joins * ROUNDING_MINUTES,
    audioEgressBytes: listeners * seconds * (1 - musicShare) * c["audio.bytesPerListenerSecond"],
  };
}
