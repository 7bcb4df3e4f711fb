import { Observed } from "../observe/observable.js";
import { silent, switching, type Source } from "../observe/source.js";
import type { FirestoreHandle } from "../sdk/firebaseSdk.js";
import type { OpenAmbientOptions } from "./openAmbientOptions.js";

type Options = Pick<OpenAmbientOptions, "openFirestore" | "sdk" | "sharesFirestore">;

/** The Firestore instance in use, and those before it: a sign-out terminates one to clear its cache, and the next use opens another. */
export class FirestoreInstances {
  readonly #options: Options;
  #handle: FirestoreHandle | undefined;
  /** Changes with each instance; null while the last one is being cleared. */
  readonly #current = new Observed<symbol | null>(Symbol());
  #cleared: Promise<unknown> = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
  }

  get handle(): FirestoreHandle {
    return (this.#handle ??= this.#options.openFirestore());
  }

  /** Resolves once the previous person's cache is cleared. */
  get cleared(): Promise<unknown> {
    return this.#cleared;
  }

  /** The source, opened again on each new instance. */
  throughInstances<Value>(source: Source<Value>): Source<Value> {
    return switching(this.#current, (instance) => (instance === null ? silent : source));
  }

  /** Without an instance, the cache may hold what this person read when the app last ran. */
  clearOwnCache(wasSignedIn: boolean): void {
    if (this.#options.sharesFirestore) return;
    const handle = this.#handle ?? (wasSignedIn ? this.#options.openFirestore() : undefined);
    if (handle) this.#cleared = Promise.allSettled([this.#cleared, this.#clear(handle)]);
  }

  async #clear(handle: FirestoreHandle): Promise<void> {
    // Subscriptions must end before Firestore terminates, or they would receive that as an error.
    this.#current.set(null);
    this.#handle = undefined;
    const { firestore } = this.#options.sdk;
    try {
      await firestore.terminate(handle);
      // Fails while another tab uses the cache. That tab is signed out too, and clears it.
      await firestore.clearIndexedDbPersistence(handle).catch(() => undefined);
    } finally {
      this.#current.set(Symbol());
    }
  }
}
