import {
  type Command,
  type FollowerEvent,
  type FollowerState,
  initialState,
  type PlayerTraits,
} from "../../src/follow/followerState.js";
import { type ListPosition, positionAt } from "../../src/follow/handover.js";
import { momentAt, type PlaybackSnapshot } from "../../src/follow/showMusic.js";
import { step } from "../../src/follow/step.js";
import type { PlayerReport } from "../../src/player/player.js";
import {
  asSpotifyFailure,
  spotifyError,
  type SpotifyFailureReason,
} from "../../src/spotify/spotifyFailure.js";
import { songs } from "./listener.js";

const SERVER_OFFSET = Date.UTC(2026, 10, 24, 20);
const traits: PlayerTraits = {
  longestList: 4,
  typicalLatencyMs: { play: 500, seek: 100 },
  reportEveryMs: 30_000,
  settlingMs: 1_000,
};
/** A player that answers like this to a pause plays nothing. */
const provesSilence = new Set(["noDevice", "notPremium", "restricted", "appMissing"]);
const LETTERS = "ABCDEFGHIJKLMNOPQRST";

export type Sent = Exclude<Command, { kind: "wake" }>;

/** `step` among a show, a player and a clock, all of which do what the test says, in any order. */
export class FollowerWorld {
  state: FollowerState = initialState(traits);
  now = 1_000;
  readonly sent: (Sent & { readonly at: number })[] = [];
  /** What the player has not answered yet. */
  readonly pending: Sent[] = [];
  wakeAt = Infinity;
  readonly #check: (command: Sent, world: FollowerWorld) => void;
  #isClockKnown = true;
  #player:
    | { readonly uris: readonly string[]; readonly position: ListPosition; readonly at: number }
    | undefined;
  #playback: PlaybackSnapshot = {
    mode: "talk",
    trackUri: null,
    trackIndex: null,
    positionMs: 0,
    paused: true,
    at: { toMillis: () => SERVER_OFFSET },
    sequence: 0,
    playlistRevision: 1,
  };
  #tracks = songs(LETTERS);

  /** `check` sees each command before it is recorded. */
  constructor(check: (command: Sent, world: FollowerWorld) => void) {
    this.#check = check;
    this.tells();
  }

  moment() {
    return momentAt(this.state.music, this.#serverNow());
  }

  happens(event: FollowerEvent): void {
    const { state, commands } = step(this.state, event, {
      local: this.now,
      serverOffset: this.#isClockKnown ? SERVER_OFFSET : undefined,
      random: 0.5,
    });
    this.state = state;
    for (const command of commands) {
      if (command.kind === "wake") {
        this.wakeAt = command.at;
        continue;
      }
      this.#check(command, this);
      this.sent.push({ ...command, at: this.now });
      this.pending.push(command);
    }
  }

  /** Time passes, with the wake-ups that are due. */
  passes(ms: number): void {
    const until = this.now + ms;
    while (this.wakeAt <= until) {
      this.now = Math.max(this.now + 1, this.wakeAt);
      this.wakeAt = Infinity;
      this.happens({ kind: "woke" });
    }
    this.now = Math.max(this.now, until);
  }

  /** A host's act. `only`: the other document arrives with a later act. */
  tells(change: Partial<PlaybackSnapshot> = {}, only?: "playback" | "playlist"): void {
    const at = this.now + SERVER_OFFSET;
    const sequence = this.#playback.sequence + 1;
    this.#playback = { ...this.#playback, at: { toMillis: () => at }, sequence, ...change };
    const { playlistRevision: revision } = this.#playback;
    if (only !== "playback")
      this.happens({ kind: "playlist", playlist: { revision, tracks: this.#tracks } });
    if (only !== "playlist") this.happens({ kind: "playback", playback: this.#playback });
  }

  talks(): void {
    const silent = { trackUri: null, trackIndex: null, positionMs: 0, paused: true };
    this.tells({ mode: "talk", ...silent });
  }

  plays(trackIndex: number, positionMs: number): void {
    const trackUri = this.#tracks[trackIndex]?.uri ?? null;
    this.tells({ mode: "music", trackUri, trackIndex, positionMs, paused: false });
  }

  /** Moves the first track to the end, while another track plays. */
  edits(only?: "playback" | "playlist"): void {
    const moment = this.moment();
    const [first, ...rest] = this.#tracks;
    if (!first || moment?.kind !== "playing" || moment.trackIndex === 0) return;
    this.#tracks = [...rest, first];
    const { trackUri, positionMs } = moment;
    const playlistRevision = this.#playback.playlistRevision + 1;
    const trackIndex = moment.trackIndex - 1;
    this.tells({ trackUri, trackIndex, positionMs, paused: false, playlistRevision }, only);
  }

  clockBecomes(isKnown: boolean): void {
    this.#isClockKnown = isKnown;
    this.happens({ kind: "clockChanged", isUnsure: !isKnown });
  }

  /** The player answers to the oldest pending command, or to the one at `index`. */
  answers(index: number, failure?: SpotifyFailureReason, seen: Partial<PlayerReport> | null = {}) {
    const [command] = this.pending.splice(index % Math.max(1, this.pending.length), 1);
    if (!command) return;
    const failed = failure && { failure: asSpotifyFailure(spotifyError(failure)) };
    if (command.kind === "report") {
      const report = seen && { ...this.report(), ...seen };
      if (!report || report.paused || report.trackUri === "X") this.#player = undefined;
      if (failed) this.happens({ kind: "reportFailed", ...failed });
      else this.happens({ kind: "reported", report });
      return;
    }
    if (!failed || (command.kind === "pause" && provesSilence.has(failure))) this.#obeys(command);
    const kind = command.kind === "pause" ? "pauseAnswered" : "commandAnswered";
    this.happens({ kind, ...failed });
  }

  /** The player's true state. */
  report(): PlayerReport {
    const heard = this.heard();
    return {
      trackUri: heard?.trackUri ?? null,
      positionMs: Math.round(heard?.positionMs ?? 0),
      paused: heard === undefined,
      at: this.now,
      errorMs: 0,
    };
  }

  /** What is audible. */
  heard(): { readonly trackUri: string; readonly positionMs: number } | undefined {
    if (!this.#player) return undefined;
    const { uris, position, at } = this.#player;
    const tracks = songs(uris.join(""));
    const found = positionAt({ tracks, ...position, at }, this.now);
    return found && { trackUri: tracks[found.index]?.uri ?? "", positionMs: found.positionMs };
  }

  /** From now on the player answers at once and honestly. */
  settles(ms: number): void {
    const until = this.now + ms;
    while (this.pending.length > 0 || this.wakeAt <= until) {
      if (this.pending.length > 0) this.answers(0);
      else this.passes(Math.max(0, this.wakeAt - this.now));
    }
    this.passes(until - this.now);
  }

  #serverNow(): number | undefined {
    return this.#isClockKnown ? this.now + SERVER_OFFSET : undefined;
  }

  #obeys(command: Sent): void {
    if (command.kind === "pause") this.#player = undefined;
    if (command.kind === "play") {
      const position = { index: 0, positionMs: command.positionMs };
      this.#player = { uris: command.uris, position, at: this.now + traits.typicalLatencyMs.play };
    }
    if (command.kind === "seek" && this.#player) {
      const { uris } = this.#player;
      const index = Math.max(0, uris.indexOf(this.heard()?.trackUri ?? ""));
      const position = { index, positionMs: command.positionMs };
      this.#player = { uris, position, at: this.now + traits.typicalLatencyMs.seek };
    }
  }
}
