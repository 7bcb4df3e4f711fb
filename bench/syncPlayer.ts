import type { LocalClock } from "../client/src/clock/localClock.js";
import type { PlayerAdapter, PlayerReport } from "../client/src/player/player.js";
import type { TrackLength } from "../functions/src/music/playbackAt.js";
import type { SimulatedTime } from "../client/test/support/simulatedTime.js";
import type { PhoneNetwork } from "./syncNetwork.js";
import type { Chance } from "./syncRandom.js";

/** How a kind of player behaves: each phone has its own latencies, and each command is off by a little. */
export interface PlayerModel {
  readonly name: string;
  readonly playLatencyMs: readonly [number, number];
  readonly seekLatencyMs: readonly [number, number];
  readonly playScatterMs: number;
  readonly seekScatterMs: number;
  /** How far off is what it says of itself. */
  readonly reportScatterMs: number;
  readonly reportEveryMs: number;
  /** Asked over the network, not on the phone. */
  readonly isRemote: boolean;
  /** Silence between two tracks, at most. */
  readonly gapMs: number;
}

/** A phone's Spotify. */
export class SimulatedPlayer implements PlayerAdapter {
  readonly longestList = 100;
  readonly reportEveryMs: number;
  /** When it was told what. */
  readonly commands: { readonly kind: "play" | "pause" | "seek"; readonly at: number }[] = [];
  readonly #time: SimulatedTime;
  readonly #local: LocalClock;
  readonly #chance: Chance;
  readonly #model: PlayerModel;
  readonly #network: PhoneNetwork;
  readonly #lengthOf: (uri: string) => number;
  readonly #playLatencyMs: number;
  readonly #seekLatencyMs: number;
  /** Audio runs by the device's own crystal. */
  readonly #rate: number;
  #list: readonly TrackLength[] = [];
  #index = 0;
  #positionMs = 0;
  #gapMs = 0;
  #paused = true;
  #at: number;

  constructor(
    time: SimulatedTime,
    chance: Chance,
    model: PlayerModel,
    phone: { local: LocalClock; network: PhoneNetwork; driftPpm: number },
    lengthOf: (uri: string) => number,
  ) {
    this.#time = time;
    this.#chance = chance;
    this.#model = model;
    this.#local = phone.local;
    this.#network = phone.network;
    this.#rate = 1 + phone.driftPpm / 1e6;
    this.#lengthOf = lengthOf;
    this.#playLatencyMs = chance.between(...model.playLatencyMs);
    this.#seekLatencyMs = chance.between(...model.seekLatencyMs);
    this.reportEveryMs = model.reportEveryMs;
    this.#at = time.now;
  }

  play({ uris, positionMs }: { uris: readonly string[]; positionMs: number }): Promise<void> {
    const list = uris.map((uri) => ({ uri, durationMs: this.#lengthOf(uri) }));
    return this.#does("play", this.#playLatencyMs, this.#model.playScatterMs, () => {
      this.#list = list;
      this.#index = 0;
      this.#positionMs = positionMs;
      this.#paused = false;
    });
  }

  pause(): Promise<void> {
    return this.#does("pause", this.#seekLatencyMs, this.#model.seekScatterMs, () => {
      this.#paused = true;
    });
  }

  seek(positionMs: number): Promise<void> {
    return this.#does("seek", this.#seekLatencyMs, this.#model.seekScatterMs, () => {
      this.#positionMs = positionMs;
    });
  }

  async report(): Promise<PlayerReport> {
    const sentAt = this.#local.monotonic();
    if (this.#model.isRemote) await this.#passes(this.#network.upMs());
    const heard = this.heard();
    const seen = {
      trackUri: heard?.trackUri ?? this.#list[this.#index]?.uri ?? null,
      positionMs: Math.round(
        (heard?.positionMs ?? this.#positionMs) + this.#chance.normal(this.#model.reportScatterMs),
      ),
      paused: !heard,
    };
    if (this.#model.isRemote) await this.#passes(this.#network.downMs());
    const roundTrip = this.#local.monotonic() - sentAt;
    return { ...seen, at: sentAt + roundTrip / 2, errorMs: roundTrip / 2 };
  }

  /** What comes out of the loudspeaker. */
  heard(): { readonly trackUri: string; readonly positionMs: number } | undefined {
    this.#goOn();
    const track = this.#list[this.#index];
    return track && !this.#paused
      ? { trackUri: track.uri, positionMs: this.#positionMs }
      : undefined;
  }

  #does(
    kind: "play" | "pause" | "seek",
    latencyMs: number,
    scatterMs: number,
    effect: () => void,
  ): Promise<void> {
    this.commands.push({ kind, at: this.#time.now });
    const ms = Math.max(20, latencyMs + this.#chance.normal(scatterMs));
    this.#time.after(ms, () => {
      this.#goOn();
      effect();
      this.#gapMs = 0;
    });
    // It says yes before anything is heard.
    return this.#passes(ms / 2);
  }

  #passes(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#time.after(ms, resolve);
    });
  }

  #goOn(): void {
    let elapsed = (this.#time.now - this.#at) * this.#rate;
    this.#at = this.#time.now;
    if (this.#paused) return;
    for (;;) {
      const inGap = Math.min(elapsed, this.#gapMs);
      this.#gapMs -= inGap;
      elapsed -= inGap;
      const track = this.#list[this.#index];
      if (!track) return;
      const left = track.durationMs - this.#positionMs;
      if (elapsed < left) {
        this.#positionMs += elapsed;
        return;
      }
      elapsed -= left;
      this.#index += 1;
      this.#positionMs = 0;
      this.#gapMs = this.#chance.between(0, this.#model.gapMs);
    }
  }
}
