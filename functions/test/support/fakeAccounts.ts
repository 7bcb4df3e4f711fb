import type { AuthAccounts } from "../../src/ports/authAccounts.js";

/** Firebase Auth's accounts under a test's control, which can fail on demand. */
export interface FakeAccounts extends AuthAccounts {
  /** The accounts that somebody has signed in to, and that are not deleted. */
  readonly known: Set<string>;
  /** The accounts that are disabled. */
  readonly disabled: Set<string>;
  /** The accounts with the custom claim. */
  readonly admins: Set<string>;
  /** Makes all changes but `upsert` fail, or succeed again. */
  setDown(down: boolean): void;
  /** Runs `act` after each change of an account, to change something in the meantime. */
  whenChanged(act: () => Promise<unknown>): void;
}

export function fakeAccounts(): FakeAccounts {
  const known = new Set<string>();
  const disabled = new Set<string>();
  const admins = new Set<string>();
  const deleted = new Set<string>();
  const dismissed = new Set<string>();
  let isDown = false;
  let meanwhile: () => Promise<unknown> = () => Promise.resolve();
  const change = async (made: () => unknown): Promise<void> => {
    if (isDown) throw new Error("Firebase Auth does not answer");
    made();
    await meanwhile();
  };
  return {
    known,
    disabled,
    admins,
    setDown(down) {
      isDown = down;
    },
    whenChanged(act) {
      meanwhile = act;
    },
    upsert: (uid) => {
      known.add(uid);
      deleted.delete(uid);
      return Promise.resolve({ isDisabled: disabled.has(uid) });
    },
    isDisabled: (uid) => Promise.resolve(!known.has(uid) || disabled.has(uid)),
    customToken: () => Promise.resolve("token"),
    disable: (uid) => change(() => disabled.add(uid)),
    enable: (uid) => change(() => disabled.delete(uid)),
    delete: (uid) =>
      change(() => {
        for (const accounts of [known, disabled, admins]) accounts.delete(uid);
        deleted.add(uid);
      }),
    // A test's people need no sign-in to be known here.
    isAdmin: (uid) =>
      Promise.resolve(uid.startsWith("spotify_") && !deleted.has(uid) ? admins.has(uid) : null),
    isFormerAdmin: (uid) => Promise.resolve(deleted.has(uid) || dismissed.has(uid)),
    setAdmin: (uid, isAdmin) =>
      change(() => {
        admins[isAdmin ? "add" : "delete"](uid);
        dismissed[isAdmin ? "delete" : "add"](uid);
      }),
  };
}
