import type { AuthAccounts } from "../../src/ports/authAccounts.js";

/** Accounts under a test's control, instead of Firebase Auth's. */
export interface HandAuth extends AuthAccounts {
  /** By uid: whether the account is disabled. Accounts that nobody has created are not there. */
  readonly disabled: Map<string, boolean>;
  /** Makes `close` and `remove` fail, or succeed again. */
  setDown(down: boolean): void;
}

export function handAuth(): HandAuth {
  const disabled = new Map<string, boolean>();
  let isDown = false;
  const unlessDown = (work: () => unknown): Promise<void> => {
    if (isDown) return Promise.reject(new Error("Firebase Auth does not answer"));
    work();
    return Promise.resolve();
  };
  return {
    disabled,
    setDown(down) {
      isDown = down;
    },
    upsert: (uid) => {
      const isDisabled = disabled.get(uid) ?? false;
      disabled.set(uid, isDisabled);
      return Promise.resolve({ isDisabled });
    },
    isDisabled: (uid) => Promise.resolve(disabled.get(uid) ?? true),
    customToken: () => Promise.resolve("token"),
    close: (uid) => unlessDown(() => disabled.has(uid) && disabled.set(uid, true)),
    remove: (uid) => unlessDown(() => disabled.delete(uid)),
  };
}
