import { withTimeout } from "./withTimeout.js";
import type { Cancel, LocalClock } from "./localClock.js";
import { aged, meet, middleOf, type OffsetRange, rangeOf, type TimeSample } from "./offsetRange.js";

export interface ServerClockOptions {
  readonly local: LocalClock;
  /** The server's clock, ms since the epoch, by the shortest way there is. */
  readonly fetchServerTime: () => Promise<number>;
}

/**
 * `unmeasured`: the first samples are under way. `unsure`: the device slept, and what was known is worth
 * nothing until it is measured anew.
 */
export type ServerClockState = "unmeasured" | "measured" | "unsure";

/** The server's clock, as this device knows it. */
export interface ServerClock {
  state(): ServerClockState;
  /** Ms since the epoch; undefined unless measured. It never runs backwards except where it was wrong. */
  now(): number | undefined;
  /** The server's clock at a moment of the device's monotonic one. */
  at(monotonic: number): number | undefined;
  /** `now()` is off by this at most: half the best round trip, and what drift may have added since. */
  errorMs(): number;
  /** Hears when the state changes, and when the clock had to jump. */
  subscribe(listener: () => void): Cancel;
  /** The app is in front again: looks whether the device slept, and measures if the last time is a while ago. */
  refresh(): void;
  close(): void;
}

/** How far the two clocks may part: parts in a million. */
const DRIFT_PPM = 100;
const FIRST_SAMPLES = 9;
const LATER_SAMPLES = 3;
const EVERY_MS = 60_000;
/** A person on a slow line begins with what there is by then; the other samples refine it. */
const PATIENCE_MS = 3_000;
/** An answer that takes longer proves too little to wait for it. */
const SAMPLE_TIMEOUT_MS = 4_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** Joining, a sleep and the usual samples fit in, and no misfortune on this device becomes the server's. */
const MOST_PER_MINUTE = 30;
const MINUTE_MS = 60_000;
/** The wall clock moved on by this much alone: the monotonic one stood still, or somebody set the other. */
const JUMP_MS = 250;
/** The time of day is kept right by speeding it up or slowing it down by up to this: no jump. */
const WALL_DRIFT_PPM = 1_000;
/** A timer this late means that the device slept, or that the app did. */
const LATE_MS = 5_000;
/** A better estimate is moved to at this pace, in ms per ms: nobody hears 10 ms in a second. */
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
  /** A sample that contradicts the others: a second one like it decides. */
  #odd: OffsetRange | undefined;
  /** The offset that is in use, on its way to the middle of the range. */
  #shown: { readonly offset: number; readonly at: number } | undefined;
  #wallAhead: { readonly by: number; readonly at: number };
  #samplesWanted = 0;
  #askedAt: readonly number[] = [];
  #startedAt = 0;
  #finishedAt = -Infinity;
  #failures = 0;
  #running = false;
  #cancelTimer: Cancel = () => undefined;
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

  close(): void {
    this.#closed = true;
    this.#cancelTimer();
    this.#listeners.clear();
  }

  #offset(): number {
    if (!this.#range) return 0;
    const target = middleOf(this.#range);
    if (!this.#shown) return target;
    const reach = SLEW * Math.max(0, this.#local.monotonic() - this.#shown.at);
    const distance = target - this.#shown.offset;
    return this.#shown.offset + Math.max(-reach, Math.min(reach, distance));
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
    this.#odd = undefined;
    this.#shown = undefined;
    this.#enter(this.#state === "measured" ? "unsure" : this.#state);
    this.#measure(FIRST_SAMPLES);
    return true;
  }

  #measure(samples: number): void {
    if (this.#closed) return;
    if (this.#samplesWanted === 0 || !this.#range) this.#startedAt = this.#local.monotonic();
    this.#samplesWanted = Math.max(this.#samplesWanted, samples);
    if (this.#running) return;
    this.#running = true;
    this.#cancelTimer();
    void this.#run();
  }

  async #run(): Promise<void> {
    while (this.#samplesWanted > 0 && !this.#closed) {
      const restMs = this.#restMs();
      if (restMs > 0) {
        if (this.#range) this.#enter("measured");
        this.#running = false;
        this.#wakeAfter(restMs, this.#samplesWanted);
        return;
      }
      const sample = await this.#sample();
      // Closed meanwhile: an answer that nobody waits for any more.
      if (this.#isClosed()) return;
      if (!sample) {
        this.#running = false;
        this.#failures += 1;
        const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#failures - 1));
        this.#wakeAfter(pause, this.#samplesWanted);
        return;
      }
      this.#failures = 0;
      // The monotonic clock stood still while the question was out: the answer proves nothing.
      if (this.#noticeSleep()) continue;
      this.#samplesWanted -= 1;
      this.#take(rangeOf(sample));
      const patient = this.#local.monotonic() - this.#startedAt < PATIENCE_MS;
      if (this.#samplesWanted === 0 || !patient) this.#enter("measured");
    }
    this.#running = false;
    this.#finishedAt = this.#local.monotonic();
    this.#wakeAfter(EVERY_MS, LATER_SAMPLES);
  }

  /** Until the server may be asked again. */
  #restMs(): number {
    const now = this.#local.monotonic();
    this.#askedAt = this.#askedAt.filter((at) => now - at < MINUTE_MS);
    const [oldest = now] = this.#askedAt;
    return this.#askedAt.length < MOST_PER_MINUTE ? 0 : MINUTE_MS - (now - oldest);
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
    this.#askedAt = [...this.#askedAt, sentAt];
    try {
      const serverMs = await withTimeout(this.#local, SAMPLE_TIMEOUT_MS, this.#fetchServerTime());
      return { sentAt, receivedAt: this.#local.monotonic(), serverMs };
    } catch {
      // No network, or no server: the next attempt is what there is to do.
      return undefined;
    }
  }

  #take(sample: OffsetRange): void {
    if (!this.#range) {
      this.#range = sample;
      return;
    }
    const agreed = meet(this.#range, sample, DRIFT_PPM);
    if (agreed) {
      this.#odd = undefined;
      this.#moveTo(agreed);
      return;
    }
    const against = this.#odd && meet(this.#odd, sample, DRIFT_PPM);
    if (!against) {
      // One server whose clock is off must not turn the music: it takes two that agree.
      this.#odd = sample;
      this.#samplesWanted = Math.max(this.#samplesWanted, LATER_SAMPLES);
      return;
    }
    this.#odd = undefined;
    this.#range = against;
    this.#shown = undefined;
    this.#samplesWanted = Math.max(this.#samplesWanted, FIRST_SAMPLES - 2);
    this.#tell();
  }

  #moveTo(range: OffsetRange): void {
    // Until somebody relies on it there is nothing to be gentle with.
    if (this.#state === "measured") {
      this.#shown = { offset: this.#offset(), at: this.#local.monotonic() };
    }
    this.#range = range;
  }

  #enter(state: ServerClockState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
