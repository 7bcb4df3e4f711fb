import { spread } from "./spread.js";
import { withTimeout } from "./withTimeout.js";
import type { Cancel, LocalClock } from "./localClock.js";
import { aged, meet, middleOf, type OffsetRange, rangeOf, type TimeSample } from "./offsetRange.js";

export interface ServerClockOptions {
  readonly local: LocalClock;
  /** Fetches the server's time in ms since the epoch, with as little latency as possible. */
  readonly fetchServerTime: () => Promise<number>;
}

/**
 * `unmeasured`: the first samples are being taken. `unsure`: the device slept, so earlier samples no longer count.
 */
export type ServerClockState = "unmeasured" | "measured" | "unsure";

/**
 * The server's clock, as estimated on this device. It is measured once when it is opened. After that it drifts slowly
 * until a caller uses `keep`.
 */
export interface ServerClock {
  state(): ServerClockState;
  /** Milliseconds since the epoch; undefined unless measured. It runs backwards only to correct an error. */
  now(): number | undefined;
  /** The server's time at a moment of the device's monotonic clock. */
  at(monotonic: number): number | undefined;
  /** The largest error of `now()`: half of the best round trip, plus possible drift since then. */
  errorMs(): number;
  /** Called when the state changes, and when the clock jumps. */
  subscribe(listener: () => void): Cancel;
  /**
   * Call it when the app returns to the foreground. Checks whether the device slept, and measures again if the last
   * measurement is old.
   */
  refresh(): void;
  /** Measures regularly, and notices within seconds that the device slept, until the last keeper cancels. */
  keep(): Cancel;
  close(): void;
}

/** How fast the two clocks may drift apart, in parts per million. */
const DRIFT_PPM = 100;
const FIRST_SAMPLES = 9;
const LATER_SAMPLES = 3;
const EVERY_MS = 60_000;
/** How often a clock that is kept compares the device's clocks. It costs no request. */
const WATCH_MS = 5_000;
/** On a slow connection the clock counts as measured after this long; later samples refine it. */
const PATIENCE_MS = 3_000;
/** A slower answer is too imprecise to be useful. */
const SAMPLE_TIMEOUT_MS = 4_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** Enough for joining, waking up and regular samples. The limit keeps a faulty device from flooding the server. */
const MAX_PER_MINUTE = 30;
const MINUTE_MS = 60_000;
/** If the wall clock jumps by more than this, the monotonic clock stopped or someone set the time. */
const JUMP_MS = 250;
/** Devices correct their time of day by running it faster or slower by up to this rate, which is not a jump. */
const WALL_DRIFT_PPM = 1_000;
/** A timer this late means that the device or the app slept. */
const LATE_MS = 5_000;
/** How fast the clock moves to a better estimate, in ms per ms. Nobody hears 10 ms per second. */
const SLEW = 0.01;
const RECENT_MS = 10_000;

export function serverClock(options: ServerClockOptions): ServerClock {
  return new MeasuredClock(options);
}

class MeasuredClock implements ServerClock {
  readonly #local: LocalClock;
  readonly #fetchServerTime: () => Promise<number>;
  readonly #listeners = new Set<() => void>();
  #state: ServerClockState = "unmeasured";
  #range: OffsetRange | undefined;
  /** A sample that contradicts the others. It replaces them once a second sample agrees with it. */
  #outlier: OffsetRange | undefined;
  /** The offset in use, moving towards the middle of the range. */
  #used: { readonly offset: number; readonly at: number } | undefined;
  #wallAhead: { readonly by: number; readonly at: number };
  #remainingSamples = 0;
  #requestedAt: readonly number[] = [];
  #startedAt = 0;
  #finishedAt = -Infinity;
  #failures = 0;
  #running = false;
  /** While nobody relied on the clock, it may have drifted: the next estimate replaces it at once. */
  #mayJump = false;
  readonly #keepers = new Set<symbol>();
  #cancelTimer: Cancel = () => undefined;
  #cancelWatch: Cancel = () => undefined;
  #closed = false;

  constructor({ local, fetchServerTime }: ServerClockOptions) {
    this.#local = local;
    this.#fetchServerTime = fetchServerTime;
    this.#wallAhead = this.#readWall();
    this.#measure(FIRST_SAMPLES);
  }

  state(): ServerClockState {
    this.#noticeSleep();
    return this.#state;
  }

  now(): number | undefined {
    return this.at(this.#local.monotonic());
  }

  at(monotonic: number): number | undefined {
    this.#noticeSleep();
    return this.#state === "measured" ? monotonic + this.#offset() : undefined;
  }

  errorMs(): number {
    this.#noticeSleep();
    if (this.#state !== "measured" || !this.#range) return Infinity;
    const { low, high } = aged(this.#range, this.#local.monotonic(), DRIFT_PPM);
    const offset = this.#offset();
    return Math.max(high - offset, offset - low);
  }

  subscribe(listener: () => void): Cancel {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  refresh(): void {
    this.#noticeSleep();
    if (this.#local.monotonic() - this.#finishedAt > RECENT_MS) this.#measure(LATER_SAMPLES);
  }

  keep(): Cancel {
    const keeper = Symbol();
    const wasIdle = this.#keepers.size === 0;
    this.#keepers.add(keeper);
    if (wasIdle && !this.#closed) this.#resume();
    return () => {
      if (!this.#keepers.delete(keeper) || this.#keepers.size > 0) return;
      this.#cancelWatch();
      // A measurement in progress is completed.
      if (this.#remainingSamples === 0) this.#cancelTimer();
    };
  }

  close(): void {
    this.#closed = true;
    this.#cancelTimer();
    this.#cancelWatch();
    this.#listeners.clear();
  }

  #resume(): void {
    this.#watch();
    if (this.#noticeSleep() || this.#remainingSamples > 0) return;
    const dueIn = this.#finishedAt + EVERY_MS - this.#local.monotonic();
    if (dueIn > 0) {
      this.#wakeAfter(dueIn, LATER_SAMPLES);
      return;
    }
    this.#mayJump = true;
    this.#measure(LATER_SAMPLES);
  }

  #watch(): void {
    this.#cancelWatch = this.#local.after(WATCH_MS, () => {
      this.#watch();
      this.#noticeSleep();
    });
  }

  #offset(): number {
    if (!this.#range) return 0;
    const target = middleOf(this.#range);
    if (!this.#used) return target;
    const reach = SLEW * Math.max(0, this.#local.monotonic() - this.#used.at);
    const distance = target - this.#used.offset;
    return this.#used.offset + Math.max(-reach, Math.min(reach, distance));
  }

  #readWall() {
    const at = this.#local.monotonic();
    return { by: this.#local.wall() - at, at };
  }

  #noticeSleep(): boolean {
    const before = this.#wallAhead;
    this.#wallAhead = this.#readWall();
    const jump = Math.abs(this.#wallAhead.by - before.by);
    const slow = ((this.#wallAhead.at - before.at) * WALL_DRIFT_PPM) / 1e6;
    if (jump <= JUMP_MS + slow) return false;
    this.#range = undefined;
    this.#outlier = undefined;
    this.#used = undefined;
    this.#setState(this.#state === "measured" ? "unsure" : this.#state);
    this.#measure(FIRST_SAMPLES);
    return true;
  }

  #measure(samples: number): void {
    if (this.#closed) return;
    if (this.#remainingSamples === 0 || !this.#range) this.#startedAt = this.#local.monotonic();
    this.#remainingSamples = Math.max(this.#remainingSamples, samples);
    if (this.#running) return;
    this.#running = true;
    this.#cancelTimer();
    void this.#run();
  }

  async #run(): Promise<void> {
    while (this.#remainingSamples > 0 && !this.#closed) {
      const waitMs = this.#waitMs();
      if (waitMs > 0) {
        if (this.#range) this.#setState("measured");
        this.#running = false;
        this.#wakeAfter(waitMs, this.#remainingSamples);
        return;
      }
      const sample = await this.#sample();
      // Closed while waiting for the answer.
      if (this.#isClosed()) return;
      if (!sample) {
        this.#running = false;
        if (this.#state === "measured" && this.#keepers.size === 0) {
          this.#remainingSamples = 0;
          return;
        }
        this.#failures += 1;
        const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#failures - 1));
        this.#wakeAfter(spread(pause, this.#local.random()), this.#remainingSamples);
        return;
      }
      this.#failures = 0;
      // The monotonic clock stopped during the request: the answer proves nothing.
      if (this.#noticeSleep()) continue;
      this.#remainingSamples -= 1;
      this.#addSample(rangeOf(sample));
      const patient = this.#local.monotonic() - this.#startedAt < PATIENCE_MS;
      if (this.#remainingSamples === 0 || !patient) this.#setState("measured");
    }
    this.#running = false;
    this.#finishedAt = this.#local.monotonic();
    if (this.#keepers.size > 0) this.#wakeAfter(EVERY_MS, LATER_SAMPLES);
    if (!this.#mayJump) return;
    this.#mayJump = false;
    this.#notify();
  }

  /** How long until the server may be asked again. */
  #waitMs(): number {
    const now = this.#local.monotonic();
    this.#requestedAt = this.#requestedAt.filter((at) => now - at < MINUTE_MS);
    const [oldest = now] = this.#requestedAt;
    return this.#requestedAt.length < MAX_PER_MINUTE ? 0 : MINUTE_MS - (now - oldest);
  }

  #isClosed(): boolean {
    return this.#closed;
  }

  #wakeAfter(ms: number, samples: number): void {
    const due = this.#local.monotonic() + ms;
    this.#cancelTimer = this.#local.after(ms, () => {
      const late = this.#local.monotonic() - due > LATE_MS;
      this.#noticeSleep();
      this.#measure(late ? FIRST_SAMPLES : samples);
    });
  }

  async #sample(): Promise<TimeSample | undefined> {
    const sentAt = this.#local.monotonic();
    this.#requestedAt = [...this.#requestedAt, sentAt];
    try {
      const serverMs = await withTimeout(this.#local, SAMPLE_TIMEOUT_MS, this.#fetchServerTime());
      return { sentAt, receivedAt: this.#local.monotonic(), serverMs };
    } catch {
      // No network or no server: the next attempt follows.
      return undefined;
    }
  }

  #addSample(sample: OffsetRange): void {
    if (!this.#range) {
      this.#range = sample;
      return;
    }
    const agreed = meet(this.#range, sample, DRIFT_PPM);
    if (agreed) {
      this.#outlier = undefined;
      this.#moveTo(agreed);
      return;
    }
    const against = this.#outlier && meet(this.#outlier, sample, DRIFT_PPM);
    if (!against) {
      // One server with a wrong clock must not move the music: it takes two samples that agree.
      this.#outlier = sample;
      this.#remainingSamples = Math.max(this.#remainingSamples, LATER_SAMPLES);
      return;
    }
    this.#outlier = undefined;
    this.#range = against;
    this.#used = undefined;
    this.#remainingSamples = Math.max(this.#remainingSamples, FIRST_SAMPLES - 2);
    this.#notify();
  }

  #moveTo(range: OffsetRange): void {
    // Before the first measurement is complete nothing relies on the clock, so it may jump.
    if (this.#state === "measured" && !this.#mayJump) {
      this.#used = { offset: this.#offset(), at: this.#local.monotonic() };
    }
    if (this.#mayJump) this.#used = undefined;
    this.#range = range;
  }

  #setState(state: ServerClockState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#notify();
  }

  #notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
