import type { Route } from "./route.js";

/** Where routes come from: the system's links and taps on notifications. */
export interface LinkSource {
  /** What opened the app, if anything did. */
  initial(): Promise<Route | undefined>;
  /** What is opened while the app runs. */
  subscribe(next: (route: Route) => void): () => void;
}

/**
 * The routes that are still to be opened. A link may arrive before anyone is signed in; the last one waits and is opened
 * once, so that the next person on the phone does not land there.
 */
export class Links {
  #waiting: Route | undefined;
  #open: ((route: Route) => void) | undefined;
  #hasArrived = false;

  constructor(sources: readonly LinkSource[]) {
    for (const source of sources) {
      source.subscribe((route) => {
        this.#arrived(route);
      });
    }
    // A source that fails must not keep the other's route from being opened.
    const initial = sources.map((source) => source.initial().catch(() => undefined));
    void Promise.all(initial).then((found) => {
      const first = found.find((route) => route !== undefined);
      // What arrives while the app starts is newer than what started it.
      if (first && !this.#hasArrived) this.#arrived(first);
    });
  }

  /** Opens the route that waits, and others as they arrive. After `stop`, the last one waits again. */
  open(open: (route: Route) => void): () => void {
    this.#open = open;
    const route = this.#waiting;
    this.#waiting = undefined;
    if (route) open(route);
    return () => {
      this.#open = undefined;
    };
  }

  #arrived(route: Route): void {
    this.#hasArrived = true;
    if (this.#open) this.#open(route);
    else this.#waiting = route;
  }
}
