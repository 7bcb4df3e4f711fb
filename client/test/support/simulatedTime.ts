import type { Cancel, LocalClock } from "../../src/clock/localClock.js";

interface Event {
  readonly at: number;
  readonly order: number;
  run: (() => void) | undefined;
}

/** Time that the test advances. Due timers run in order, after pending promises. */
export class SimulatedTime {
  #now: number;
  #order = 0;
  readonly #events: Event[] = [];

  constructor(now = 0) {
    this.#now = now;
  }

  get now(): number {
    return this.#now;
  }

  at(moment: number, run: () => void): Cancel {
    const event: Event = { at: Math.max(moment, this.#now), order: this.#order++, run };
    push(this.#events, event);
    return () => {
      event.run = undefined;
    };
  }

  after(ms: number, run: () => void): Cancel {
    return this.at(this.#now + ms, run);
  }

  passes(ms: number): Promise<void> {
    return this.runTo(this.#now + ms);
  }

  async runTo(moment: number): Promise<void> {
    await promisesKept();
    for (;;) {
      const [next] = this.#events;
      if (!next || next.at > moment) break;
      pop(this.#events);
      if (!next.run) continue;
      this.#now = next.at;
      next.run();
      await promisesKept();
    }
    this.#now = moment;
  }
}

/** Waits until pending promises have run. */
function promisesKept(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function isBefore(one: Event, other: Event): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

// A binary heap, because the benchmark has thousands of pending events.
function push(heap: Event[], event: Event): void {
  let place = heap.length;
  heap.push(event);
  while (place > 0) {
    const parent = (place - 1) >> 1;
    const above = heap[parent];
    if (!above || isBefore(above, event)) break;
    heap[place] = above;
    place = parent;
  }
  heap[place] = event;
}

function pop(heap: Event[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let place = 0;
  for (;;) {
    const left = heap[2 * place + 1];
    const right = heap[2 * place + 2];
    const isRight = left !== undefined && right !== undefined && isBefore(right, left);
    const child = isRight ? right : left;
    if (!child || isBefore(last, child)) break;
    heap[place] = child;
    place = 2 * place + (isRight ? 2 : 1);
  }
  heap[place] = last;
}

export interface DeviceOptions {
  /** How much faster than real time its clocks run, in parts per million. */
  readonly driftPpm?: number;
  /** How far its time of day is off. */
  readonly wallOffMs?: number;
  /** What `random` returns: 0.5 keeps each pause as long as it is written. */
  readonly random?: number;
}

/** A device's clocks and timers. */
export class SimulatedDevice implements LocalClock {
  readonly #time: SimulatedTime;
  readonly #rate: number;
  readonly #bootedAt: number;
  readonly #random: number;
  #wallOffMs: number;
  /** How long its monotonic clock has been stopped. */
  #stoodStillMs = 0;
  #asleepUntil = -Infinity;
  timersFired = 0;

  constructor(
    time: SimulatedTime,
    { driftPpm = 0, wallOffMs = 0, random = 0.5 }: DeviceOptions = {},
  ) {
    this.#time = time;
    this.#rate = 1 + driftPpm / 1e6;
    this.#bootedAt = time.now - 1_000;
    this.#wallOffMs = wallOffMs;
    this.#random = random;
  }

  monotonic(): number {
    return (this.#time.now - this.#bootedAt - this.#stoodStillMs) * this.#rate;
  }

  wall(): number {
    const since = (this.#time.now - this.#bootedAt) * this.#rate;
    return this.#bootedAt + since + this.#wallOffMs;
  }

  after(ms: number, run: () => void): Cancel {
    let cancel: Cancel = () => undefined;
    const runAwake = (): void => {
      if (this.#time.now < this.#asleepUntil) {
        cancel = this.#time.at(this.#asleepUntil, runAwake);
        return;
      }
      this.timersFired += 1;
      run();
    };
    cancel = this.#time.after(ms / this.#rate, runAwake);
    return () => {
      cancel();
    };
  }

  random(): number {
    return this.#random;
  }

  setWall(ms: number): void {
    this.#wallOffMs += ms - this.wall();
  }

  /** Nothing runs during this time. On most devices the monotonic clock stops, too. */
  async sleeps(ms: number, clockStands = true): Promise<void> {
    const awakeAt = this.#time.now + ms;
    this.#asleepUntil = awakeAt;
    if (clockStands) {
      // Runs before everything else due then, so that all timers see the clocks after the sleep.
      this.#time.at(awakeAt, () => {
        this.#stoodStillMs += ms;
      });
    }
    await this.#time.runTo(awakeAt);
  }
}
