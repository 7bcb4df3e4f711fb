import type { AuthHandle, AuthSdk } from "../sdk/firebaseSdk.js";

/** Firebase Auth on one device. */
export class FakeAuth implements AuthHandle {
  readonly sdk: AuthSdk;
  #currentUser: AuthHandle["currentUser"] = null;
  readonly #listeners = new Set<(user: AuthHandle["currentUser"]) => void>();

  /** `uidOf`: whom a custom token signs in. */
  constructor(uid: string | null, uidOf: (token: string) => string) {
    this.#currentUser = uid === null ? null : { uid };
    this.sdk = {
      signInWithCustomToken: (_auth, token) => this.become(uidOf(token)),
      signOut: () => this.become(null),
      onAuthStateChanged: (_auth, next) => {
        this.#listeners.add(next);
        return () => {
          this.#listeners.delete(next);
        };
      },
    };
  }

  get currentUser(): AuthHandle["currentUser"] {
    return this.#currentUser;
  }

  /** Signs this person in; null signs out. */
  become(uid: string | null): Promise<void> {
    this.#currentUser = uid === null ? null : { uid };
    for (const listener of this.#listeners) listener(this.#currentUser);
    return Promise.resolve();
  }
}
