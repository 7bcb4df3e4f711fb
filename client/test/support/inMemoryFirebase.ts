import assert from "node:assert/strict";
import { openAmbient, type Ambient } from "../../src/ambient.js";
import type { OpenAmbientOptions } from "../../src/backend/openAmbientOptions.js";
import type { DocumentFields, FirebaseSdk } from "../../src/sdk/firebaseSdk.js";
import { FakeAuth } from "../../src/testing/fakeAuth.js";
import { fakeFunctions } from "../../src/testing/fakeFunctions.js";
import { firestoreOn, MemoryFirestore } from "../../src/testing/memoryFirestore.js";

/** What a callable of the test's server does. */
type Callable = (request: unknown) => unknown;

/** Firebase in memory on one phone: its sign-in, its network, and callables that the test defines. */
export class InMemoryFirebase {
  readonly documents = new MemoryFirestore();
  readonly callables = new Map<string, Callable>();
  /** The names of the callables that were called. */
  readonly calls: string[] = [];
  /** The paths of the plain writes. */
  readonly writes: string[] = [];
  readonly auth: FakeAuth;
  readonly sdk: FirebaseSdk;
  /** How often Firestore was opened and terminated. */
  opened = 0;
  terminated = 0;
  readonly #denied = new Set<string>();
  /** What the phone has of the documents while there is no network. */
  #cache: ReadonlyMap<string, DocumentFields> | undefined;
  /** Plain writes that wait for the network. */
  readonly #waiting: (() => void)[] = [];

  constructor(uid: string | null) {
    this.auth = new FakeAuth(uid, (token) => token);
    const cache = () => this.#cache;
    const firestore = firestoreOn(this.documents, {
      mayRead: (path) => !this.#denied.has(path),
      get cache() {
        return cache();
      },
    });
    this.sdk = {
      auth: this.auth.sdk,
      functions: fakeFunctions((name, request) => {
        this.#requireNetwork();
        this.calls.push(name);
        const callable = this.callables.get(name) ?? assert.fail(`no callable ${name}`);
        return callable(request);
      }),
      firestore: {
        ...firestore,
        setDoc: async (...write) => {
          if (this.#cache) await new Promise<void>((resolve) => this.#waiting.push(resolve));
          this.writes.push(write[0].path);
          await firestore.setDoc(...write);
        },
        runTransaction: async (...transaction) => {
          this.#requireNetwork();
          return firestore.runTransaction(...transaction);
        },
        terminate: () => {
          this.terminated += 1;
          return Promise.resolve();
        },
      },
    };
  }

  get options(): OpenAmbientOptions {
    const { sdk, auth } = this;
    return {
      sdk,
      auth,
      functions: { app: {} },
      openFirestore: () => {
        this.opened += 1;
        return { app: {} };
      },
      serverTimeUrl: "http://localhost/serverTime",
    };
  }

  ambient(options: Partial<OpenAmbientOptions> = {}): Ambient {
    return openAmbient({ ...this.options, ...options });
  }

  /** The paths that are listened to, one for each listener. */
  get listeners(): readonly string[] {
    return this.documents.listenedPaths;
  }

  set(path: string, fields: DocumentFields): void {
    this.documents.write(new Map([[path, fields]]));
  }

  /** Listeners report their documents again, as after an answer of the server that changes nothing. */
  changeMetadata(): void {
    this.documents.repeat();
  }

  /** From now on, reading this path is denied; with `false`, no longer. */
  deny(path: string, isDenied = true): void {
    if (isDenied) this.#denied.add(path);
    else this.#denied.delete(path);
    this.changeMetadata();
  }

  /** From now on nothing reaches the phone. A phone that sleeps does not notice. */
  cutNetwork(isNoticed = true): void {
    this.#cache = this.documents.copy();
    if (isNoticed) this.changeMetadata();
  }

  restoreNetwork(): void {
    this.#cache = undefined;
    for (const write of this.#waiting.splice(0)) write();
    this.changeMetadata();
  }

  signIn(uid: string | null): void {
    void this.auth.become(uid);
  }

  #requireNetwork(): void {
    if (this.#cache) throw Object.assign(new Error("no network"), { code: "unavailable" });
  }
}
