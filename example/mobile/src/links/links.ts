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
  readonly #initial: Promise<void>;

  constructor(sources: readonly LinkSource[]) {
    for (const source of sources) {
      source.subscribe((route) => {
        this.#arrived(route);
      });
    }
    this.#initial = Promise.all(sources.map((source) => source.initial())).then((found) => {
      // What arrives while the app starts is newer than what started it.
      this.#waiting ??= found.find((route) => route !== undefined);
    });
  }

  /** The route to start with. Each is returned once. */
  async take(): Promise<Route | undefined> {
    await this.#initial;
    const route = this.#waiting;
    this.#waiting = undefined;
    return route;
  }

  /** Opens routes as they arrive. Until then, and afterwards, the last one waits. */
  open(open: (route: Route) => void): () => void {
    this.#open = open;
    return () => {
      this.#open = undefined;
    };
  }

  #arrived(route: Route): void {
    if (this.#open) this.#open(route);
    else this.#waiting = route;
  }
}
