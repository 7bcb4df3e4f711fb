import type { PlaybackMoment } from "../../../functions/src/music/playbackAt.js";
import type { Cancel, LocalClock } from "../clock/localClock.js";
import type { ServerClock } from "../clock/serverClock.js";
import type { Outcome } from "../player/outcome.js";
import type { PlayerAdapter, PlayerReport } from "../player/player.js";
import type { PlayerFailure } from "../player/playerFailure.js";
import { CommandLatency } from "./commandLatency.js";
import { DriftWatch } from "./driftWatch.js";
import { type Handover, indexOf, leadOver, placeAt, tracksInAgreement } from "./handover.js";
import { type Obstacle, obstacleAfter } from "./obstacle.js";
import { PlayerLine } from "./playerLine.js";
import { type PlaybackSnapshot, type PlaylistSnapshot, ShowMusic } from "./showMusic.js";
import { type Handed, outcomeFor, type Standing } from "./standing.js";

export interface FollowerOptions {
  readonly local: LocalClock;
  readonly server: ServerClock;
  readonly player: PlayerAdapter;
}

/** Keeps a listener's player where the show's music is, as far as it can be, from joining to leaving. */
export interface Follower {
  /** Each snapshot of `playback/now` and `playlist/current`, in whatever order they come. */
  playbackArrived(playback: PlaybackSnapshot): void;
  /** Null: the show has no playlist. */
  playlistArrived(playlist: PlaylistSnapshot | null): void;
  /** What is on now, whether this phone plays it or not. Undefined: not known yet. */
  moment(): PlaybackMoment | undefined;
  /** What comes of it on this phone. */
  outcome(): Outcome;
  /** Hears when the outcome changes, and when another track or phase begins. */
  subscribe(listener: () => void): Cancel;
  /** The listener did something about it, or asks for the music again: tries at once. */
  resume(): void;
  /** The app is in front again. */
  refresh(): void;
  /** Leaves the show, and its music with it. */
  close(): void;
}

type Playing = PlaybackMoment & { kind: "playing" };

/** What Spotify's `play` takes, until it is known of this phone. */
const PLAY_GUESS_MS = 400;
const SEEK_GUESS_MS = 200;
/** So long after a command, what a player says of itself is not to be relied on. */
const SETTLING_MS = 2_000;
/** Between looks that are to confirm one another. */
const LOOK_AGAIN_MS = 1_000;
/** Nearer than this, no seek is worth its noise. */
const TOLERANCE_MS = 40;
/** The player is corrected no more often than this. What a host does is no correction. */
const CORRECT_EVERY_MS = 60_000;
/** A host's step is never smaller, and what an edit moves is never larger. */
const HOSTS_STEP_MS = 250;
/** Around a track's end the player may be in the one and the show in the other. */
const AROUND_THE_END_MS = 3_000;

export function followShow(options: FollowerOptions): Follower {
  return new ShowFollower(options);
}

class ShowFollower implements Follower {
  readonly #local: LocalClock;
  readonly #server: ServerClock;
  readonly #player: PlayerAdapter;
  readonly #line: PlayerLine;
  readonly #show = new ShowMusic();
  readonly #playLatency = new CommandLatency(PLAY_GUESS_MS);
  readonly #seekLatency = new CommandLatency(SEEK_GUESS_MS);
  readonly #drift = new DriftWatch();
  readonly #listeners = new Set<() => void>();
  readonly #unsubscribes: Cancel[] = [];

  #standing: Standing = { kind: "idle" };
  /** The list that the player was given last, whatever became of it. */
  #handed: Handover["tracks"] = [];
  /** The host's act up to which the player was brought. */
  #actedOn: number | undefined;
  #failures = 0;
  #looksOfAnother = 0;
  #lookAt = Infinity;
  #correctedAt = -Infinity;

  #isReconciling = false;
  #again = false;
  #cancelWake: Cancel = () => undefined;
  #told = "";
  #isClosed = false;

  constructor({ local, server, player }: FollowerOptions) {
    this.#local = local;
    this.#server = server;
    this.#player = player;
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

  playbackArrived(playback: PlaybackSnapshot): void {
    this.#show.playbackArrived(playback);
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
    return outcomeFor(this.moment(), this.#standing, this.#now());
  }

  subscribe(listener: () => void): Cancel {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  resume(): void {
    const { kind } = this.#standing;
    this.#failures = 0;
    if (kind === "stopped" || kind === "unplayable") this.#standing = { kind: "idle" };
    // Spotify's word on when to come back holds for the impatient, too.
    if (kind === "blocked" && this.#standing.obstacle.reason !== "rateLimited") {
      this.#standing = { kind: "idle" };
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
    this.#isClosed = true;
    this.#cancelWake();
    for (const unsubscribe of this.#unsubscribes) unsubscribe();
    this.#listeners.clear();
    this.#line.close();
  }

  #now(): number {
    return this.#local.monotonic();
  }

  #clockChanged(): void {
    // While the device slept the player went on, and the clock by which it was followed did not.
    if (this.#server.state() === "unsure" && this.#standing.kind === "handed") {
      this.#standing = { ...this.#standing, isLost: true };
    }
    this.#lookNow();
    this.#reconcile();
  }

  // ---- Deciding ------------------------------------------------------------------------------

  /** Compares what should be with what is, and acts on it, after all that may have changed either. */
  #reconcile(): void {
    if (this.#isClosed) return;
    this.#again = true;
    if (this.#isReconciling) return;
    this.#isReconciling = true;
    while (this.#again) {
      this.#again = false;
      const moment = this.moment();
      if (moment && moment.kind !== "playing") this.#beSilent();
      else if (moment && !this.#line.isCommanding) this.#follow(moment);
      if (moment) this.#lookIfDue(moment);
    }
    this.#isReconciling = false;
    this.#wakeForTheNext();
    this.#tell();
  }

  #beSilent(): void {
    if (this.#standing.kind === "handed") this.#standing = { kind: "idle" };
    this.#line.silence(() => {
      this.#lookAt = this.#now() + SETTLING_MS;
    });
  }

  #follow(moment: Playing): void {
    const standing = this.#standing;
    const now = this.#now();
    switch (standing.kind) {
      case "idle":
        this.#play();
        return;
      case "handed":
        if (!standing.isLost) this.#keepUp(standing.handover);
        return;
      case "stopped":
        return;
      case "unplayable":
        if (standing.trackUri !== moment.trackUri || now >= this.#whenToHandOverNext(moment)) {
          this.#play();
        } else this.#beSilent();
        return;
      case "blocked": {
        const { retryAt, hostMayEndIt } = standing.obstacle;
        if (now >= retryAt || (hostMayEndIt && this.#hostActed())) this.#play();
        return;
      }
    }
  }

  #hostActed(): boolean {
    return this.#show.sequence !== this.#actedOn;
  }

  /** The player plays what it was given: is that still what is to be played? */
  #keepUp(handover: Handover): void {
    const now = this.#now();
    // What was asked of it is perhaps not yet heard: compare with the moment at which it will be.
    const when = Math.max(now, handover.at);
    const wanted = this.#wantedAt(when);
    if (!wanted) return;
    const place = placeAt(handover, when);
    const index = place && indexOf(handover.tracks, wanted.trackUri, place.index);
    if (!place || index === undefined) {
      this.#play();
      return;
    }
    const agreed = tracksInAgreement(handover.tracks, index, this.#show.tracks, wanted);
    const lead = leadOver(handover.tracks, place, { index, positionMs: wanted.positionMs });
    const isElsewhere = index !== place.index && Math.abs(lead) > AROUND_THE_END_MS;
    // None: a locked phone would go on to the wrong track, so it is corrected while it can be.
    if (agreed === 0 || isElsewhere) {
      this.#play();
      return;
    }
    if (this.#hostActed()) {
      this.#actedOn = this.#show.sequence;
      if (Math.abs(lead) > HOSTS_STEP_MS) {
        if (index === place.index) this.#seek(handover, index);
        else this.#play();
        return;
      }
    }
    // One: after the next track its list ends, or goes on differently. It gets the rest so that it is
    // heard just when this track ends.
    if (agreed === 1 && now >= this.#whenToHandOverNext(wanted)) this.#play();
  }

  #wantedAt(local: number): Playing | undefined {
    const moment = this.#show.momentAt(this.#server.at(local));
    return moment?.kind === "playing" ? moment : undefined;
  }

  #whenToHandOverNext({ endsAt }: Playing): number {
    return this.#localOf(endsAt) - this.#playLatency.ms;
  }

  /** A moment of the server's clock by the device's own. */
  #localOf(serverMs: number): number {
    const now = this.#now();
    return now + serverMs - (this.#server.at(now) ?? serverMs);
  }

  // ---- Commands ------------------------------------------------------------------------------

  /** Hands over the rest of the playlist, from where it will be when it is heard. */
  #play(): boolean {
    const sentAt = this.#now();
    const expectedMs = this.#playLatency.ms;
    const wanted = this.#wantedAt(sentAt + expectedMs);
    // The music ends before it could be heard.
    if (!wanted) return false;
    const standing = this.#standing;
    if (standing.kind === "unplayable" && standing.trackUri === wanted.trackUri) return false;
    const tracks = this.#show.tracks.slice(
      wanted.trackIndex,
      wanted.trackIndex + this.#player.longestList,
    );
    const positionMs = Math.round(wanted.positionMs);
    this.#actedOn = this.#show.sequence;
    this.#handed = tracks;
    this.#line.play(
      { uris: tracks.map(({ uri }) => uri), positionMs },
      () => {
        this.#failures = 0;
        this.#landed({
          kind: "handed",
          handover: { tracks, index: 0, positionMs, at: sentAt + expectedMs },
          unlearned: { latency: this.#playLatency, expectedMs },
          isUnseen: true,
          isLost: false,
        });
      },
      (failure) => {
        this.#stumble(failure, wanted);
      },
    );
    return true;
  }

  /** Moves the player within the track that it is in. */
  #seek(handover: Handover, index: number): boolean {
    const sentAt = this.#now();
    const expectedMs = this.#seekLatency.ms;
    const wanted = this.#wantedAt(sentAt + expectedMs);
    // The track ends before it could be heard: the next one begins by itself.
    if (!wanted || wanted.trackUri !== handover.tracks[index]?.uri) return false;
    const positionMs = Math.round(wanted.positionMs);
    this.#line.seek(
      positionMs,
      () => {
        this.#landed({
          kind: "handed",
          handover: { tracks: handover.tracks, index, positionMs, at: sentAt + expectedMs },
          unlearned: { latency: this.#seekLatency, expectedMs },
          isUnseen: false,
          isLost: false,
        });
      },
      (failure) => {
        this.#couldNotSee(failure);
      },
    );
    return true;
  }

  #landed(handed: Handed): void {
    this.#standing = handed;
    this.#looksOfAnother = 0;
    this.#drift.reset();
    this.#lookAt = handed.handover.at + SETTLING_MS;
  }

  #stumble(failure: PlayerFailure, wanted: Playing): void {
    const { reason, retryAfterMs } = failure;
    // Nobody's fault: the next track is tried.
    if (reason === "restricted") {
      this.#standing = { kind: "unplayable", trackUri: wanted.trackUri };
    } else this.#block(reason, retryAfterMs);
  }

  #block(reason: Obstacle["reason"], retryAfterMs?: number): void {
    this.#failures += 1;
    const obstacle = obstacleAfter(reason, retryAfterMs, this.#failures, this.#now());
    this.#standing = { kind: "blocked", obstacle };
  }

  // ---- Looking -------------------------------------------------------------------------------

  /** As soon as there is something to be seen. */
  #lookNow(): void {
    const settled =
      this.#standing.kind === "handed" ? this.#standing.handover.at + SETTLING_MS : -Infinity;
    this.#lookAt = Math.min(this.#lookAt, Math.max(this.#now(), settled));
  }

  #lookIfDue(moment: PlaybackMoment): void {
    if (!this.#line.isFree || this.#now() < this.#lookAt) return;
    this.#lookAt = Infinity;
    const { kind } = this.#standing;
    if (moment.kind === "playing" && kind !== "handed" && kind !== "stopped") return;
    this.#line.look(
      (report) => {
        this.#judge(report);
      },
      (failure) => {
        this.#couldNotSee(failure);
      },
    );
  }

  #couldNotSee({ reason, retryAfterMs }: PlayerFailure): void {
    switch (reason) {
      case "unavailable":
      case "restricted":
      case "rateLimited":
        // The music goes on without being watched; only one who is lost begins anew.
        this.#lookAt = this.#now() + Math.max(retryAfterMs ?? 0, this.#player.reportEveryMs);
        if (this.#standing.kind === "handed" && this.#standing.isLost) {
          this.#standing = { kind: "idle" };
        }
        return;
      default:
        this.#block(reason);
    }
  }

  #judge(report: PlayerReport | null): void {
    const moment = this.moment();
    if (moment?.kind !== "playing") {
      // A pause that was overtaken, or the listener's own finger on our music while there is none.
      if (report && !report.paused && this.#isOurs(report)) this.#line.saw(true);
      return;
    }
    if (!report) {
      this.#line.saw(false);
      this.#block("noDevice");
    } else if (report.paused || !this.#isOurs(report)) this.#sawAnother();
    else if (this.#standing.kind === "stopped") {
      // He pressed play again, there.
      this.#line.saw(true);
      this.#standing = { kind: "idle" };
    } else if (this.#standing.kind === "handed") this.#sawOurs(this.#standing, report);
  }

  #isOurs({ trackUri }: PlayerReport): boolean {
    return this.#handed.some(({ uri }) => uri === trackUri);
  }

  /** It is paused, or plays none of ours: one look may be of a passing moment. */
  #sawAnother(): void {
    this.#looksOfAnother += 1;
    if (this.#standing.kind !== "stopped" && this.#looksOfAnother < 2) {
      this.#lookAgain();
      return;
    }
    this.#line.saw(false);
    this.#standing = { kind: "stopped" };
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
      this.#standing = { ...handed, isLost: false };
      this.#lookAgain();
      return;
    }
    const place = { index, positionMs: report.positionMs };
    const lead = leadOver(tracks, place, { index: wantedIndex, positionMs: wanted.positionMs });
    if (handed.isUnseen && index > wantedIndex && lead > AROUND_THE_END_MS) {
      this.#standing = { kind: "unplayable", trackUri: wanted.trackUri };
      return;
    }
    const seen = { tracks, ...place, at: report.at };
    this.#judgeLead(lead, report.errorMs, handed, seen, wantedIndex);
  }

  #judgeLead(
    lead: number,
    errorMs: number,
    { handover, unlearned, isLost }: Handed,
    seen: Handover,
    wantedIndex: number,
  ): void {
    // A seek that may itself be off by as much would be for nothing.
    const tolerance = Math.max(TOLERANCE_MS, 2 * this.#seekLatency.scatterMs) + errorMs;
    const verdict = this.#drift.look(lead, tolerance);
    const isClear = verdict.kind !== "unclear";
    if (isClear && unlearned) {
      const typicalLead = verdict.kind === "off" ? verdict.leadMs : lead;
      unlearned.latency.learn(unlearned.expectedMs - typicalLead);
    }
    this.#standing = {
      kind: "handed",
      handover: isClear || isLost ? seen : handover,
      ...(!isClear && unlearned && { unlearned }),
      isUnseen: false,
      isLost: false,
    };
    if (!isClear) {
      this.#lookAgain();
      return;
    }
    this.#lookAt = this.#now() + this.#player.reportEveryMs;
    if (verdict.kind === "fine" || this.#now() - this.#correctedAt < CORRECT_EVERY_MS) return;
    // A seek that nobody has seen the latency of could be off by as much as what it mends.
    const isSeek = seen.index === wantedIndex && this.#seekLatency.isLearned;
    const isCorrected = isSeek ? this.#seek(seen, wantedIndex) : this.#play();
    if (isCorrected) this.#correctedAt = this.#now();
  }

  #lookAgain(): void {
    this.#lookAt = this.#now() + LOOK_AGAIN_MS;
  }

  // ---- Waking and telling --------------------------------------------------------------------

  #wakeForTheNext(): void {
    this.#cancelWake();
    const now = this.#now();
    const moment = this.moment();
    const wakes = [this.#lookAt, this.#line.pauseRetryAt];
    if (this.#standing.kind === "blocked") wakes.push(this.#standing.obstacle.retryAt);
    if (moment?.kind === "playing") {
      wakes.push(this.#localOf(moment.endsAt), this.#whenToHandOverNext(moment));
    }
    const next = Math.min(...wakes.filter((wake) => wake > now));
    if (next === Infinity) return;
    // Timers may be a fraction early: then it is looked at once more.
    this.#cancelWake = this.#local.after(Math.max(1, next - now), () => {
      this.#reconcile();
    });
  }

  #tell(): void {
    const moment = this.moment();
    const track =
      moment && "trackIndex" in moment ? `${moment.trackIndex} ${moment.trackUri}` : "no track";
    const phase = `${moment?.kind ?? "unknown"} ${this.#show.sequence ?? ""} ${track}`;
    const now = `${this.outcome().kind} ${phase}`;
    if (now === this.#told) return;
    this.#told = now;
    for (const listener of [...this.#listeners]) listener();
  }
}
