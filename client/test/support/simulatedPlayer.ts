import type { Cancel, LocalClock } from "../../src/clock/localClock.js";
import type { PlayerAdapter, PlayerReport } from "../../src/player/player.js";
import type { AmbientError } from "../../src/errors/ambientError.js";
import type { SimulatedTime } from "./simulatedTime.js";

type CommandKind = "play" | "pause" | "seek";

export interface PlayerCommand {
  readonly kind: CommandKind;
  readonly at: number;
  readonly uris: readonly string[];
  readonly positionMs: number;
}

/** The properties of a player. By default it is exact, with constant latencies. */
export interface PlayerNature {
  readonly longestList?: number;
  readonly reportEveryMs?: number;
  readonly settlingMs?: number;
  readonly typicalLatencyMs?: PlayerAdapter["typicalLatencyMs"];
  /** From a command until it is heard. */
  readonly latencyMs?: (kind: CommandKind) => number;
  /** The delays of a report's request and answer. */
  readonly wayMs?: (way: "there" | "back") => number;
  readonly reportErrorMs?: () => number;
  /** Whether it reports the listener's own actions. The Web API does not. */
  readonly tellsOfChanges?: boolean;
  /** The release that it plays in place of a track, as it reports it. */
  readonly release?: (uri: string) => Pick<PlayerReport, "trackUri" | "recording">;
  /** The silence before the next track. */
  readonly gapMs?: () => number;
  /** How much faster than real time it plays. */
  readonly rate?: number;
}

/** A listener's Spotify, in simulated time. */
export class SimulatedPlayer implements PlayerAdapter {
  readonly longestList: number;
  readonly reportEveryMs: number;
  readonly settlingMs: number;
  readonly typicalLatencyMs: PlayerAdapter["typicalLatencyMs"];
  readonly commands: PlayerCommand[] = [];
  /** Tracks that it skips. */
  readonly unplayable = new Set<string>();
  /** No device is running. */
  isOff = false;
  reports = 0;
  readonly #time: SimulatedTime;
  readonly #local: Pick<LocalClock, "monotonic">;
  readonly #lengthOf: (uri: string) => number;
  readonly #nature: PlayerNature;
  readonly #failures: {
    readonly kind: CommandKind | "report";
    readonly failure: AmbientError;
  }[] = [];
  readonly #listeners = new Set<() => void>();
  #uris: readonly string[] = [];
  #index = 0;
  #positionMs = 0;
  #gapMs = 0;
  #paused = true;
  #at: number;

  constructor(
    time: SimulatedTime,
    local: Pick<LocalClock, "monotonic">,
    lengthOf: (uri: string) => number,
    nature: PlayerNature = {},
  ) {
    this.#time = time;
    this.#local = local;
    this.#lengthOf = lengthOf;
    this.#nature = nature;
    this.longestList = nature.longestList ?? 100;
    this.reportEveryMs = nature.reportEveryMs ?? 5_000;
    this.settlingMs = nature.settlingMs ?? 1_000;
    this.typicalLatencyMs = nature.typicalLatencyMs ?? { play: 500, seek: 100 };
    this.#at = time.now;
  }

  play({ uris, positionMs }: { uris: readonly string[]; positionMs: number }): Promise<void> {
    return this.#obeys({ kind: "play", at: this.#time.now, uris, positionMs }, () => {
      this.#puts(uris, positionMs);
    });
  }

  pause(): Promise<void> {
    return this.#obeys({ kind: "pause", at: this.#time.now, uris: [], positionMs: 0 }, () => {
      this.#paused = true;
    });
  }

  seek(positionMs: number): Promise<void> {
    return this.#obeys({ kind: "seek", at: this.#time.now, uris: [], positionMs }, () => {
      this.#positionMs = positionMs;
      this.#gapMs = 0;
    });
  }

  async report(): Promise<PlayerReport | null> {
    this.reports += 1;
    const failure = this.#takeFailure("report");
    const sentAt = this.#local.monotonic();
    await this.#passes(this.#nature.wayMs?.("there") ?? 0);
    if (failure) throw failure;
    this.#goOn();
    const trackUri = this.#uris[this.#index] ?? null;
    const seen = {
      trackUri,
      ...(trackUri !== null && this.#nature.release?.(trackUri)),
      positionMs: Math.round(this.#positionMs + (this.#nature.reportErrorMs?.() ?? 0)),
      paused: this.#paused,
    };
    await this.#passes(this.#nature.wayMs?.("back") ?? 0);
    const errorMs = (this.#local.monotonic() - sentAt) / 2;
    return this.isOff ? null : { ...seen, at: sentAt + errorMs, errorMs };
  }

  subscribe(listener: () => void): Cancel {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** What is audible. */
  heard(): { readonly trackUri: string; readonly positionMs: number } | undefined {
    this.#goOn();
    const trackUri = this.#uris[this.#index];
    if (trackUri === undefined || this.#paused) return undefined;
    return { trackUri, positionMs: this.#positionMs };
  }

  /** Makes the next few commands of a kind fail. */
  fails(kind: CommandKind | "report", failure: AmbientError, times = 1): void {
    for (let count = 0; count < times; count += 1) this.#failures.push({ kind, failure });
  }

  recovers(kind: CommandKind | "report"): void {
    while (this.#takeFailure(kind));
  }

  /** The listener's own action in Spotify. */
  listenerPauses(): void {
    this.#goOn();
    this.#paused = true;
    this.#tell();
  }

  listenerPlays(uris: readonly string[] = this.#uris, positionMs?: number): void {
    this.#goOn();
    if (positionMs === undefined) this.#paused = false;
    else this.#puts(uris, positionMs);
    this.#tell();
  }

  #puts(uris: readonly string[], positionMs: number): void {
    this.#uris = uris;
    this.#index = 0;
    this.#positionMs = positionMs;
    this.#gapMs = 0;
    this.#paused = false;
  }

  #tell(): void {
    if (this.#nature.tellsOfChanges === false) return;
    for (const listener of [...this.#listeners]) listener();
  }

  async #obeys(command: PlayerCommand, effect: () => void): Promise<void> {
    this.commands.push(command);
    const ms = this.#nature.latencyMs?.(command.kind) ?? (command.kind === "play" ? 500 : 100);
    const failure = this.#takeFailure(command.kind);
    if (!failure) {
      this.#time.after(ms, () => {
        this.#goOn();
        effect();
      });
    }
    // It answers before anything is audible.
    await this.#passes(ms / 2);
    if (failure) throw failure;
  }

  #takeFailure(kind: CommandKind | "report"): AmbientError | undefined {
    const index = this.#failures.findIndex((each) => each.kind === kind);
    return index < 0 ? undefined : this.#failures.splice(index, 1)[0]?.failure;
  }

  #passes(ms: number): Promise<void> {
    if (ms === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#time.after(ms, resolve);
    });
  }

  #goOn(): void {
    let elapsed = (this.#time.now - this.#at) * (this.#nature.rate ?? 1);
    this.#at = this.#time.now;
    if (this.#paused) return;
    for (;;) {
      const inGap = Math.min(elapsed, this.#gapMs);
      this.#gapMs -= inGap;
      elapsed -= inGap;
      const uri = this.#uris[this.#index];
      if (uri === undefined) {
        this.#paused = true;
        return;
      }
      const left = this.unplayable.has(uri) ? 0 : this.#lengthOf(uri) - this.#positionMs;
      if (elapsed < left) {
        this.#positionMs += elapsed;
        return;
      }
      elapsed -= left;
      this.#index += 1;
      this.#positionMs = 0;
      this.#gapMs = this.#nature.gapMs?.() ?? 0;
    }
  }
}
