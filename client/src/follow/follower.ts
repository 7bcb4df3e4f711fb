import type { PlaybackMoment } from "../../../functions/src/contract/playbackAt.js";
import type { Cancel, LocalClock } from "../clock/localClock.js";
import type { ServerClock } from "../clock/serverClock.js";
import { withTimeout } from "../clock/withTimeout.js";
import type { Outcome } from "../player/outcome.js";
import type { PlayerAdapter } from "../player/player.js";
import { asSpotifyFailure } from "../spotify/spotifyFailure.js";
import {
  type Command,
  type CommandReason,
  type FollowerEvent,
  initialState,
} from "./followerState.js";
import { outcomeFor } from "./playerState.js";
import {
  momentAt,
  type PlaybackSnapshot,
  type PlaylistSnapshot,
  sequenceOf,
  type SnapshotOrigin,
} from "./showMusic.js";
import { step } from "./step.js";
import { needsClock } from "./waking.js";

/**
 * The options of a follower: the device's time, the server's time and the listener's player.
 *
 * @example
 * ```ts
 * const options: Pick<FollowerOptions, "onCommand"> = { onCommand: (command) => log(command) };
 * const follower = followMusic(show, player, options);
 * ```
 */
export interface FollowerOptions {
  readonly local: LocalClock;
  readonly server: ServerClock;
  readonly player: PlayerAdapter;
  /** Called for each command to the player. Apps can log it; the benchmark counts it. */
  readonly onCommand?: (command: "play" | "seek", because: CommandReason) => void;
}

/** Keeps a listener's player in step with the show's music, from joining to leaving. */
export interface Follower {
  /**
   * Call it with each snapshot of `playback/now`, and `playlistArrived` with each of `playlist/current`; their
   * order does not matter. `origin` is the snapshot's `metadata`: local writes are ignored until the server
   * confirms them, and cached snapshots start no music. Listen with `includeMetadataChanges`; otherwise Firestore
   * does not report that the server confirmed a cached snapshot.
   */
  playbackArrived(playback: PlaybackSnapshot, origin?: SnapshotOrigin): void;
  /** Null: the show has no playlist. */
  playlistArrived(playlist: PlaylistSnapshot | null): void;
  /** What plays in the show now, whether or not this device plays it. Undefined: not known yet. */
  moment(): PlaybackMoment | undefined;
  /** The result on this device. */
  outcome(): Outcome;
  /** Called when the outcome changes, and when another track or phase begins. */
  subscribe(listener: () => void): Cancel;
  /** Tries again at once, after the listener fixed a problem or asked for the music again. */
  resume(): void;
  /** Call it when the app returns to the foreground. */
  refresh(): void;
  /** Leaves the show and pauses its music. */
  close(): void;
  /**
   * Stops following without a pause: another device of the same Spotify account keeps playing, and a pause from here
   * would stop it. To take the music over again, follow the show with a new follower.
   */
  release(): void;
}

/** A player that has not answered for this long counts as unavailable. */
const TIMEOUT_MS = 10_000;
/**
 * Stops a follower that is still pausing this player after its listener left. The next show with this player takes
 * over. Returns whether the earlier show's music may still be heard.
 */
const stopsLeaving = new WeakMap<PlayerAdapter, () => boolean>();

/** Runs `step`: turns calls, timers and the player's answers into events, and sends its commands to the player. */
export function followShow({ local, server, player, onCommand }: FollowerOptions): Follower {
  const listeners = new Set<() => void>();
  const events: FollowerEvent[] = [];
  let state = initialState(player, stopsLeaving.get(player)?.() ?? false);
  let isRunning = false;
  let cancelWake: Cancel = () => undefined;
  let releaseClock: Cancel | undefined;
  let announced = "";

  const moment = () => momentAt(state.music, server.now());
  const outcome = () => outcomeFor(moment(), state.playerState, local.monotonic());

  /** Handles one event at a time: while it does, the player, a listener or the clock may cause another. */
  const happens = (event: FollowerEvent): void => {
    events.push(event);
    if (isRunning) return;
    isRunning = true;
    try {
      for (let due = events.shift(); due; due = events.shift()) {
        const now = local.monotonic();
        const serverNow = server.at(now);
        const serverOffset = serverNow === undefined ? undefined : serverNow - now;
        const next = step(state, due, { local: now, serverOffset, random: local.random() });
        state = next.state;
        keepClock(needsClock(state));
        for (const command of next.commands) run(command);
        announce();
      }
    } finally {
      // Even if an app's callback throws, the next snapshot must be followed: music must never play over talk.
      isRunning = false;
    }
  };

  const keepClock = (isNeeded: boolean): void => {
    if (isNeeded) releaseClock ??= server.keep();
    else {
      releaseClock?.();
      releaseClock = undefined;
    }
  };

  const run = (command: Command): void => {
    if (command.kind !== "wake") {
      void answerTo(command).then(happens);
      if ("because" in command) onCommand?.(command.kind, command.because);
      return;
    }
    cancelWake();
    if (command.at === Infinity) return;
    // A timer may fire a fraction early; then it is set again.
    cancelWake = local.after(Math.max(1, command.at - local.monotonic()), () => {
      happens({ kind: "woke" });
    });
  };

  const answerTo = async (command: Exclude<Command, { kind: "wake" }>): Promise<FollowerEvent> => {
    const inTime = <Answer>(answer: Promise<Answer>) => withTimeout(local, TIMEOUT_MS, answer);
    try {
      switch (command.kind) {
        case "play":
          await inTime(player.play({ uris: command.uris, positionMs: command.positionMs }));
          return { kind: "commandAnswered" };
        case "seek":
          await inTime(player.seek(command.positionMs));
          return { kind: "commandAnswered" };
        case "pause":
          await inTime(player.pause());
          return { kind: "pauseAnswered" };
        case "report":
          return { kind: "reported", report: await inTime(player.report()) };
      }
    } catch (error) {
      return { kind: failureOf[command.kind], failure: asSpotifyFailure(error) };
    }
  };

  const announce = (): void => {
    const line = announcement(moment(), outcome(), sequenceOf(state.music));
    if (line === announced) return;
    announced = line;
    for (const listener of [...listeners]) listener();
  };

  const unsubscribes = [
    server.subscribe(() => {
      happens({ kind: "clockChanged", isUnsure: server.state() === "unsure" });
    }),
    player.subscribe?.(() => {
      happens({ kind: "playerChanged" });
    }),
  ];
  const stopFollowing = (kind: "closed" | "released"): void => {
    if (state.phase !== "following") return;
    for (const unsubscribe of unsubscribes) unsubscribe?.();
    listeners.clear();
    happens({ kind });
  };

  return {
    playbackArrived: (playback, origin) => {
      happens({ kind: "playback", playback, ...(origin && { origin }) });
    },
    playlistArrived: (playlist) => {
      happens({ kind: "playlist", playlist });
    },
    moment,
    outcome,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    resume: () => {
      happens({ kind: "resumed" });
    },
    refresh: () => {
      if (needsClock(state)) server.refresh();
      happens({ kind: "refreshed" });
    },
    close: () => {
      if (state.phase !== "following") return;
      stopFollowing("closed");
      stopsLeaving.set(player, () => {
        happens({ kind: "released" });
        return state.channel.mayBeHeard;
      });
    },
    release: () => {
      stopFollowing("released");
    },
  };
}

/** How a failure of each command is reported. */
const failureOf = {
  play: "commandAnswered",
  seek: "commandAnswered",
  pause: "pauseAnswered",
  report: "reportFailed",
} as const;

/** What the app sees of the music: listeners are called when this changes. */
function announcement(
  moment: PlaybackMoment | undefined,
  outcome: Outcome,
  sequence: number | undefined,
): string {
  const track =
    moment && "trackIndex" in moment ? `${moment.trackIndex} ${moment.trackUri}` : "no track";
  const choice = outcome.kind === "noDevice" ? outcome.devices.map(({ id }) => id).join() : "";
  return [outcome.kind, choice, moment?.kind, sequence, track].join(" ");
}
