import type { LocalClock } from "../clock/localClock.js";

/** Runs work one after another, with a pause after each, whether it succeeded or not. */
export class Turns {
  readonly #local: Pick<LocalClock, "after">;
  readonly #pauseMs: number;
  #last: Promise<void> = Promise.resolve();

  constructor(local: Pick<LocalClock, "after">, pauseMs: number) {
    this.#local = local;
    this.#pauseMs = pauseMs;
  }

  take<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(work);
    const pause = () => new Promise<void>((resolve) => this.#local.after(this.#pauseMs, resolve));
    this.#last = done.then(pause, pause);
    return done;
  }
}
