import { FirebaseAuthError, type Auth } from "firebase-admin/auth";
import type { AuthAccounts } from "../ports/authAccounts.js";

export function authAccounts(auth: Auth): AuthAccounts {
  const find = (uid: string) => unlessGone(auth.getUser(uid));
  return {
    async upsert(uid, { displayName, photoUrl }) {
      const updated = await unlessGone(auth.updateUser(uid, { displayName, photoURL: photoUrl }));
      if (updated) return { isDisabled: updated.disabled };
      try {
        await auth.createUser({ uid, displayName, ...(photoUrl && { photoURL: photoUrl }) });
      } catch (raced) {
        // Another device of the same person signed in at the same moment and created the account first.
        if (!isAuthError(raced, "auth/uid-already-exists")) throw raced;
      }
      return { isDisabled: false };
    },
    isDisabled: async (uid) => (await find(uid))?.disabled ?? true,
    customToken: (uid) => auth.createCustomToken(uid),
    async disable(uid) {
      await unlessGone(auth.updateUser(uid, { disabled: true }));
      await unlessGone(auth.revokeRefreshTokens(uid));
    },
    async enable(uid) {
      await unlessGone(auth.updateUser(uid, { disabled: false }));
    },
    async delete(uid) {
      await unlessGone(auth.deleteUser(uid));
    },
    async isAdmin(uid) {
      const account = await find(uid);
      return account ? account.customClaims?.admin === true : null;
    },
    async isFormerAdmin(uid) {
      const account = await find(uid);
      return !account || account.customClaims?.admin === false;
    },
    async setAdmin(uid, isAdmin) {
      const account = await find(uid);
      if (!account) return;
      await auth.setCustomUserClaims(uid, { ...account.customClaims, admin: isAdmin });
      if (!isAdmin) await auth.revokeRefreshTokens(uid);
    },
  };
}

/** Null: there is no such account. */
async function unlessGone<Result>(work: Promise<Result>): Promise<Result | null> {
  try {
    return await work;
  } catch (error) {
    if (isAuthError(error, "auth/user-not-found")) return null;
    throw error;
  }
}

function isAuthError(error: unknown, code: string): boolean {
  return error instanceof FirebaseAuthError && error.code === code;
}
