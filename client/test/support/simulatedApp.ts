import type { OnForeground } from "../../src/backend/foreground.js";

/** An app that the test brings to the foreground, as React Native's `AppState` reports it. */
export class SimulatedApp {
  readonly #listeners = new Set<() => void>();

  readonly onForeground: OnForeground = (listener) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  get listeners(): number {
    return this.#listeners.size;
  }

  returns(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
