import assert from "node:assert/strict";
import type { AmbientBackend } from "../../src/backend/backend.js";
import type { DocumentSnapshotHandle, FirebaseSdk } from "../../src/sdk/firebaseSdk.js";

const unused = () => assert.fail("this test needs no such function");

/** A Firebase that knows who is signed in, serves documents and answers to calls as the test says. */
export class FakeFirebase {
  readonly auth: { currentUser: { uid: string } | null } = { currentUser: { uid: "dan" } };
  readonly documents = new Map<string, unknown>();
  /** How the next calls fail. */
  readonly failures: Error[] = [];
  opened = 0;
  terminated = 0;
  #onAuth: (user: { readonly uid: string } | null) => void = () => undefined;

  readonly sdk: FirebaseSdk = {
    auth: {
      signInWithCustomToken: unused,
      signOut: () => {
        this.auth.currentUser = null;
        this.#onAuth(null);
        return Promise.resolve();
      },
      onAuthStateChanged: (_auth, next) => {
        this.#onAuth = next;
        return () => undefined;
      },
    },
    functions: {
      httpsCallable: () => () => Promise.reject(this.failures.shift() ?? new Error("not answered")),
    },
    firestore: {
      doc: (_firestore: object, path?: string) => ({ id: path ?? "", path: path ?? "" }),
      collection: unused,
      query: unused,
      where: unused,
      orderBy: unused,
      limit: unused,
      startAfter: unused,
      getDoc: ({ path }) => Promise.resolve(this.#snapshot(path)),
      getDocs: unused,
      onSnapshot: unused,
      setDoc: unused,
      runTransaction: unused,
      serverTimestamp: unused,
      terminate: () => {
        this.terminated += 1;
        return Promise.resolve();
      },
      clearIndexedDbPersistence: () => Promise.resolve(),
    },
  };

  get options(): AmbientBackend {
    const { sdk, auth } = this;
    return {
      sdk,
      auth,
      functions: { app: {} },
      openFirestore: () => {
        this.opened += 1;
        return { app: {} };
      },
      serverTimeUrl: "http://nowhere",
    };
  }

  #snapshot(path: string): DocumentSnapshotHandle {
    return {
      id: path.split("/").at(-1) ?? "",
      metadata: { fromCache: false, hasPendingWrites: false },
      data: () => this.documents.get(path),
    };
  }
}
