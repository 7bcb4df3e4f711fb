import type { AccountStates } from "../../src/ports/accountStates.js";

/** Firebase Auth's accounts under a test's control, which can fail on demand. */
export interface HandAccounts extends AccountStates {
  /** The accounts that are disabled. */
  readonly disabled: Set<string>;
  /** The accounts with the custom claim. */
  readonly admins: Set<string>;
  /** Makes all changes fail, or succeed again. */
  setDown(down: boolean): void;
  /** Runs `act` after each change of an account, to change something meanwhile. */
  whenChanged(act: () => Promise<unknown>): void;
}

export function handAccounts(): HandAccounts {
  const disabled = new Set<string>();
  const admins = new Set<string>();
  let isDown = false;
  let meanwhile: () => Promise<unknown> = () => Promise.resolve();
  const change = async (made: () => unknown): Promise<void> => {
    if (isDown) throw new Error("Firebase Auth does not answer");
    made();
    await meanwhile();
  };
  return {
    disabled,
    admins,
    setDown(down) {
      isDown = down;
    },
    whenChanged(act) {
      meanwhile = act;
    },
    isAdmin: (uid) => Promise.resolve(uid.startsWith("spotify_") ? admins.has(uid) : null),
    setAdmin: (uid, isAdmin) => change(() => (isAdmin ? admins.add(uid) : admins.delete(uid))),
    disable: (uid) => change(() => disabled.add(uid)),
    enable: (uid) => change(() => disabled.delete(uid)),
  };
}
