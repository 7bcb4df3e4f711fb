import type { PlaybackMoment } from "../../../functions/src/contract/playbackAt.js";
import type { Cancel, LocalClock } from "../clock/localClock.js";
import type { ServerClock } from "../clock/serverClock.js";
import type { Outcome } from "../player/outcome.js";
import type { PlayerAdapter, PlayerReport } from "../player/player.js";
import type { SpotifyFailure } from "../spotify/spotifyFailure.js";
import { CommandLatency } from "./commandLatency.js";
import { DriftWatch } from "./driftWatch.js";
import { type Handover, indexOf, leadOver, placeAt, tracksInAgreement } from "./handover.js";
import { isLimit, type Obstacle, obstacleAfter } from "./obstacle.js";
import { PlayerLine } from "./playerLine.js";
import {
  type PlaybackSnapshot,
  type PlaylistSnapshot,
  ShowMusic,
  type SnapshotOrigin,
} from "./showMusic.js";
import { uriInList } from "./sameRecording.js";
import { type Handed, outcomeFor, type PlayerState } from "./playerState.js";

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

/**
 * Why a command was sent.
 *
 * - `show`: to follow the show, after joining or when a host acts
 * - `rest`: the player's list is about to run out
 * - `lost`: an earlier command had no effect
 * - `drift`: the player was off
 *
 * @example
 * ```ts
 * const isCorrection = (because: CommandReason) => because === "lost" || because === "drift";
 * ```
 */
export type CommandReason = "show" | "rest" | "lost" | "drift";

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
   * Stops following without a pause: another device of the same Spotify account goes on, and a pause from here
   * would stop it.
   */
  release(): void;
}

type Playing = PlaybackMoment & { kind: "playing" };

/** A smaller difference is not worth the audible seek. */
const TOLERANCE_MS = 30;
/**
 * At least a minute between two corrections, plus a margin for a fast clock. Following a host is not a correction.
 */
const CORRECT_EVERY_MS = 61_000;
/** A host's step is larger than this; a shift by an edit of the playlist is smaller. */
const HOSTS_STEP_MS = 250;
/** A command that is this far off after its expected time had no effect. */
const NOT_ARRIVED_MS = 1_000;
/** If the player is ahead by more than this and in a later track, Spotify skipped the current track. */
const LEFT_OUT_MS = 3_000;

export function followShow(options: FollowerOptions): Follower {
  return new ShowFollower(options);
}

class ShowFollower implements Follower {
  readonly #local: LocalClock;
  readonly #server: ServerClock;
  readonly #player: PlayerAdapter;
  readonly #onCommand: NonNullable<FollowerOptions["onCommand"]>;
  readonly #line: PlayerLine;
  readonly #show = new ShowMusic();
  readonly #playLatency: CommandLatency;
  readonly #seekLatency: CommandLatency;
  readonly #drift = new DriftWatch();
  readonly #listeners = new Set<() => void>();
  readonly #unsubscribes: Cancel[] = [];

  #playerState: PlayerState = { kind: "idle" };
  /** The list in the last play command, whether or not it succeeded. */
  #handed: Handover["tracks"] = [];
  /** The sequence of the last host's act that was sent to the player. */
  #actedOn: number | undefined;
  /** The sequence for which the command was repeated. */
  #givenAgain: number | undefined;
  #failures = 0;
  #looksOfAnother = 0;
  #lookAt = Infinity;
  #correctedAt = -Infinity;

  #isReconciling = false;
  #again = false;
  #cancelWake: Cancel = () => undefined;
  #lastTold = "";
  #isClosed = false;

  constructor({ local, server, player, onCommand }: FollowerOptions) {
    this.#local = local;
    this.#onCommand = onCommand ?? (() => undefined);
    this.#server = server;
    this.#player = player;
    this.#playLatency = new CommandLatency(player.typicalLatencyMs.play);
    this.#seekLatency = new CommandLatency(player.typicalLatencyMs.seek);
    this.#line = new PlayerLine(local, player, () => {
      this.#reconcile();
    });
    this.#unsubscribes.push(
      server.subscribe(() => {
        this.#clockChanged();
      }),
    );
    const unsubscribe = player.subscribe?.(() => {
      this.#lookNow();
      this.#reconcile();
    });
    if (unsubscribe) this.#unsubscribes.push(unsubscribe);
  }

  playbackArrived(playback: PlaybackSnapshot, origin?: SnapshotOrigin): void {
    this.#show.playbackArrived(playback, origin);
    this.#reconcile();
  }

  playlistArrived(playlist: PlaylistSnapshot | null): void {
    this.#show.playlistArrived(playlist);
    this.#reconcile();
  }

  moment(): PlaybackMoment | undefined {
    return this.#show.momentAt(this.#server.now());
  }

  outcome(): Outcome {
    return outcomeFor(this.moment(), this.#playerState, this.#now());
  }

  subscribe(listener: () => void): Cancel {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  resume(): void {
    const { kind } = this.#playerState;
    this.#failures = 0;
    this.#line.hurry();
    if (kind === "stopped" || kind === "unplayable") this.#playerState = { kind: "idle" };
    if (kind === "blocked" && !isLimit(this.#playerState.obstacle.reason)) {
      this.#playerState = { kind: "idle" };
    }
    this.#reconcile();
  }

  refresh(): void {
    this.#server.refresh();
    this.#lookNow();
    this.#reconcile();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#stopFollowing();
    this.#line.close();
  }

  release(): void {
    if (this.#isClosed) return;
    this.#stopFollowing();
    this.#line.release();
  }

  #stopFollowing(): void {
    this.#isClosed = true;
    this.#cancelWake();
    for (const unsubscribe of this.#unsubscribes) unsubscribe();
    this.#listeners.clear();
  }

  #now(): number {
    return this.#local.monotonic();
  }

  #clockChanged(): void {
    // The player went on while the device slept, but the clock that it was followed by stopped.
    if (this.#server.state() === "unsure" && this.#playerState.kind === "handed") {
      this.#playerState = { ...this.#playerState, isLost: true };
    }
    this.#lookNow();
    this.#reconcile();
  }

  // ---- Deciding ------------------------------------------------------------------------------

  /** Compares the player with the show and acts on the difference. Runs after every change to either. */
  #reconcile(): void {
    if (this.#isClosed) return;
    this.#again = true;
    if (this.#isReconciling) return;
    this.#isReconciling = true;
    try {
      while (this.#again) {
        this.#again = false;
        const moment = this.moment();
        if (moment && moment.kind !== "playing") this.#beSilent();
        else if (moment && !this.#line.isBusy) this.#follow(moment);
        if (moment) this.#lookIfDue(moment);
      }
    } finally {
      // Even if a snapshot causes an exception, the next one must be followed: music must never play over talk.
      this.#isReconciling = false;
    }
    this.#wakeForTheNext();
    this.#tell();
  }

  #beSilent(): void {
    if (this.#playerState.kind === "handed") this.#playerState = { kind: "idle" };
    this.#line.silence(() => {
      this.#lookAt = this.#now() + this.#player.settlingMs;
    });
  }

  #follow(moment: Playing): void {
    const playerState = this.#playerState;
    const now = this.#now();
    switch (playerState.kind) {
      case "idle":
        this.#play();
        return;
      case "handed":
        // A command on its way must not be overtaken: it would undo the later one.
        if (!playerState.isLost && now >= playerState.handover.at)
          this.#keepUp(playerState.handover);
        return;
      case "stopped":
        return;
      case "unplayable":
        if (playerState.trackUri !== moment.trackUri || now >= this.#whenToHandOverNext(moment)) {
          this.#play();
        } else this.#beSilent();
        return;
      case "blocked": {
        const { retryAt, hostMayEndIt } = playerState.obstacle;
        if (now >= retryAt || (hostMayEndIt && this.#hostActed())) this.#play();
        return;
      }
    }
  }

  #hostActed(): boolean {
    return this.#show.sequence !== this.#actedOn;
  }

  /** The player plays its list. Checks whether the show still plays the same. */
  #keepUp(handover: Handover): void {
    const now = this.#now();
    const wanted = this.#wantedAt(now);
    if (!wanted) return;
    const place = placeAt(handover, now);
    const index = place && indexOf(handover.tracks, wanted.trackUri, place.index);
    if (!place || index === undefined) {
      this.#play();
      return;
    }
    const agreed = tracksInAgreement(handover.tracks, index, this.#show.tracks, wanted);
    // The next track is wrong already: replace the list now, because a locked phone cannot do it later.
    if (agreed === 0) {
      this.#play();
      return;
    }
    if (this.#hostActed()) {
      this.#actedOn = this.#show.sequence;
      const lead = leadOver(handover.tracks, place, { index, positionMs: wanted.positionMs });
      if (Math.abs(lead) > HOSTS_STEP_MS) {
        if (index === place.index) this.#seek(handover, index, "show");
        else this.#play();
        return;
      }
    }
    // The list ends or differs after the next track. The rest is sent so that it becomes audible exactly when this
    // track ends.
    if (agreed === 1 && now >= this.#whenToHandOverNext(wanted)) this.#play("rest");
  }

  #wantedAt(local: number): Playing | undefined {
    const moment = this.#show.momentAt(this.#server.at(local));
    return moment?.kind === "playing" ? moment : undefined;
  }

  #whenToHandOverNext({ endsAt }: Playing): number {
    return this.#localOf(endsAt) - this.#playLatency.ms;
  }

  /** A moment of the server's clock, on the device's clock. */
  #localOf(serverMs: number): number {
    const now = this.#now();
    return now + serverMs - (this.#server.at(now) ?? serverMs);
  }

  // ---- Commands ------------------------------------------------------------------------------

  /** Sends the rest of the playlist, starting at the position where the show will be when it becomes audible. */
  #play(because: CommandReason = "show"): boolean {
    const sentAt = this.#now();
    const expectedMs = this.#playLatency.ms;
    const wanted = this.#wantedAt(sentAt + expectedMs);
    // The music ends before it would be heard.
    if (!wanted) return false;
    const playerState = this.#playerState;
    if (playerState.kind === "unplayable" && playerState.trackUri === wanted.trackUri) return false;
    const tracks = this.#show.tracks.slice(
      wanted.trackIndex,
      wanted.trackIndex + this.#player.longestList,
    );
    const positionMs = Math.round(wanted.positionMs);
    this.#actedOn = this.#show.sequence;
    this.#handed = tracks;
    this.#onCommand("play", because);
    this.#line.play(
      { uris: tracks.map(({ uri }) => uri), positionMs },
      () => {
        this.#failures = 0;
        this.#landed({
          kind: "handed",
          handover: { tracks, index: 0, positionMs, at: sentAt + expectedMs },
          unproven: { command: "play", latency: this.#playLatency, expectedMs },
          isLost: false,
        });
      },
      (failure) => {
        this.#stumble(failure, wanted);
      },
    );
    return true;
  }

  /** Seeks within the current track of the player. */
  #seek(handover: Handover, index: number, because: CommandReason): boolean {
    const sentAt = this.#now();
    const expectedMs = this.#seekLatency.ms;
    const wanted = this.#wantedAt(sentAt + expectedMs);
    // The track ends before the seek would be heard, and the next one starts by itself.
    if (!wanted || wanted.trackUri !== handover.tracks[index]?.uri) return false;
    const positionMs = Math.round(wanted.positionMs);
    this.#onCommand("seek", because);
    this.#line.seek(
      positionMs,
      () => {
        this.#landed({
          kind: "handed",
          handover: { tracks: handover.tracks, index, positionMs, at: sentAt + expectedMs },
          unproven: { command: "seek", latency: this.#seekLatency, expectedMs },
          isLost: false,
        });
      },
      (failure) => {
        if (because === "drift") this.#couldNotSee(failure);
        else this.#couldNotSeek(failure);
      },
    );
    return true;
  }

  /** A host's act is not dropped: a play command has the same effect, now or later. */
  #couldNotSeek(failure: SpotifyFailure): void {
    const { reason } = failure;
    if (reason === "restricted" || reason === "unavailable") this.#playerState = { kind: "idle" };
    else this.#block(reason, failure);
  }

  /** A command for a host's act had no effect, or an earlier one overtook it. Sends it again, once. */
  #giveAgain(): boolean {
    if (this.#givenAgain === this.#actedOn) return false;
    this.#givenAgain = this.#actedOn;
    return this.#play("lost");
  }

  #landed(handed: Handed): void {
    this.#playerState = handed;
    this.#looksOfAnother = 0;
    this.#drift.reset();
    this.#lookAt = handed.handover.at + this.#player.settlingMs;
  }

  #stumble(failure: SpotifyFailure, wanted: Playing): void {
    const { reason } = failure;
    // This track cannot be played here; the next one can be tried.
    if (reason === "restricted") {
      this.#playerState = { kind: "unplayable", trackUri: wanted.trackUri };
    } else this.#block(reason, failure);
  }

  #block(
    reason: Obstacle["reason"],
    { retryAfterMs, devices }: Partial<SpotifyFailure> = {},
  ): void {
    this.#failures += 1;
    const obstacle = obstacleAfter(reason, retryAfterMs, this.#failures, this.#now());
    this.#playerState = { kind: "blocked", obstacle: { ...obstacle, ...(devices && { devices }) } };
  }

  // ---- Looking -------------------------------------------------------------------------------

  /** Looks as soon as the player has settled. */
  #lookNow(): void {
    const settled =
      this.#playerState.kind === "handed"
        ? this.#playerState.handover.at + this.#player.settlingMs
        : -Infinity;
    this.#lookAt = Math.min(this.#lookAt, Math.max(this.#now(), settled));
  }

  #lookIfDue(moment: PlaybackMoment): void {
    if (!this.#line.isFree || this.#now() < this.#lookAt) return;
    const { kind } = this.#playerState;
    // Scheduled even if this look fails: only a look can show that the listener pressed play again.
    this.#lookAt = kind === "stopped" ? this.#now() + this.#player.reportEveryMs : Infinity;
    if (moment.kind === "playing" && kind !== "handed" && kind !== "stopped") return;
    this.#line.look(
      (report) => {
        this.#judge(report && { ...report, trackUri: uriInList(report, this.#handed) });
      },
      (failure) => {
        this.#couldNotSee(failure);
      },
    );
  }

  #couldNotSee({ reason, retryAfterMs }: SpotifyFailure): void {
    switch (reason) {
      case "unavailable":
      case "restricted":
      case "rateLimited":
      case "quotaExceeded":
        // The music goes on unobserved. If the device slept, playing starts again.
        this.#lookAt = Math.max(
          this.#now() + this.#player.reportEveryMs,
          isLimit(reason) ? obstacleAfter(reason, retryAfterMs, 1, this.#now()).retryAt : 0,
        );
        if (this.#playerState.kind === "handed" && this.#playerState.isLost) {
          this.#playerState = { kind: "idle" };
        }
        return;
      default:
        this.#block(reason);
    }
  }

  #judge(report: PlayerReport | null): void {
    const moment = this.moment();
    if (moment?.kind !== "playing") {
      // A command overtook the pause, or the listener started our music while the show is silent.
      if (report && !report.paused && this.#isOurs(report)) this.#line.saw(true);
      return;
    }
    const isStopped = this.#playerState.kind === "stopped";
    // Spotify soon forgets a paused device. Starting it again would override the listener.
    if (!report && !isStopped) {
      this.#line.saw(false);
      this.#block("noDevice");
    } else if (!report || report.paused || !this.#isOurs(report)) this.#sawAnother();
    else if (isStopped) {
      // The listener pressed play again in Spotify.
      this.#line.saw(true);
      this.#playerState = { kind: "idle" };
    } else if (this.#playerState.kind === "handed") this.#sawOurs(this.#playerState, report);
  }

  #isOurs({ trackUri }: PlayerReport): boolean {
    return this.#handed.some(({ uri }) => uri === trackUri);
  }

  /** The player is paused or plays something else. One report may show a passing state. */
  #sawAnother(): void {
    const playerState = this.#playerState;
    this.#looksOfAnother += 1;
    if (playerState.kind !== "stopped" && this.#looksOfAnother < 2) {
      this.#lookAgain();
      return;
    }
    if (playerState.kind === "handed" && playerState.unproven && this.#giveAgain()) return;
    this.#line.saw(false);
    this.#playerState = { kind: "stopped" };
    this.#lookAt = this.#now() + this.#player.reportEveryMs;
  }

  #sawOurs(handed: Handed, report: PlayerReport): void {
    this.#looksOfAnother = 0;
    const { tracks } = handed.handover;
    const expected = placeAt(handed.handover, report.at)?.index ?? 0;
    const index = indexOf(tracks, report.trackUri, expected);
    const wanted = this.#wantedAt(report.at);
    const wantedIndex = wanted && indexOf(tracks, wanted.trackUri, index ?? expected);
    if (!wanted || index === undefined || wantedIndex === undefined) {
      this.#playerState = { ...handed, isLost: false };
      this.#lookAgain();
      return;
    }
    const place = { index, positionMs: report.positionMs };
    const lead = leadOver(tracks, place, { index: wantedIndex, positionMs: wanted.positionMs });
    if (handed.unproven?.command === "play" && index > wantedIndex && lead > LEFT_OUT_MS) {
      this.#playerState = { kind: "unplayable", trackUri: wanted.trackUri };
      return;
    }
    const seen = { tracks, ...place, at: report.at };
    this.#judgeLead(lead, report.errorMs, handed, seen, wantedIndex);
  }

  #judgeLead(
    lead: number,
    errorMs: number,
    { handover, unproven, isLost }: Handed,
    seen: Handover,
    wantedIndex: number,
  ): void {
    // A seek is only worthwhile if it is more precise than the current difference.
    const tolerance = Math.max(TOLERANCE_MS, 2 * this.#seekLatency.scatterMs) + errorMs;
    const verdict = this.#drift.look(lead, tolerance);
    if (verdict.kind === "unclear") {
      this.#playerState = {
        kind: "handed",
        handover: isLost ? seen : handover,
        ...(unproven && { unproven }),
        isLost: false,
      };
      this.#lookAgain();
      return;
    }
    const typicalLead = verdict.kind === "off" ? verdict.leadMs : lead;
    this.#playerState = { kind: "handed", handover: seen, isLost: false };
    this.#lookAt = this.#now() + this.#player.reportEveryMs;
    if (unproven) {
      if (Math.abs(typicalLead) > NOT_ARRIVED_MS && this.#giveAgain()) return;
      unproven.latency.learn(unproven.expectedMs - typicalLead);
    }
    if (verdict.kind === "off") this.#correct(seen, wantedIndex);
  }

  #correct(seen: Handover, wantedIndex: number): void {
    if (this.#now() - this.#correctedAt < CORRECT_EVERY_MS) return;
    const isCorrected =
      seen.index === wantedIndex ? this.#seek(seen, wantedIndex, "drift") : this.#play("drift");
    if (isCorrected) this.#correctedAt = this.#now();
  }

  #lookAgain(): void {
    this.#lookAt = this.#now() + this.#player.settlingMs / 2;
  }

  // ---- Waking and telling --------------------------------------------------------------------

  #wakeForTheNext(): void {
    this.#cancelWake();
    const now = this.#now();
    const moment = this.moment();
    const wakes = [this.#lookAt, this.#line.pauseRetryAt];
    if (this.#playerState.kind === "blocked") wakes.push(this.#playerState.obstacle.retryAt);
    if (this.#playerState.kind === "handed") wakes.push(this.#playerState.handover.at);
    if (moment?.kind === "playing") {
      wakes.push(this.#localOf(moment.endsAt), this.#whenToHandOverNext(moment));
    }
    const next = Math.min(...wakes.filter((wake) => wake > now));
    if (next === Infinity) return;
    // A timer may fire a fraction early; then it is set again.
    this.#cancelWake = this.#local.after(Math.max(1, next - now), () => {
      this.#reconcile();
    });
  }

  #tell(): void {
    const moment = this.moment();
    const track =
      moment && "trackIndex" in moment ? `${moment.trackIndex} ${moment.trackUri}` : "no track";
    const phase = `${moment?.kind ?? "unknown"} ${this.#show.sequence ?? ""} ${track}`;
    const outcome = this.outcome();
    const choice = outcome.kind === "noDevice" ? outcome.devices.map(({ id }) => id).join() : "";
    const now = `${outcome.kind} ${choice} ${phase}`;
    if (now === this.#lastTold) return;
    this.#lastTold = now;
    for (const listener of [...this.#listeners]) listener();
  }
}
