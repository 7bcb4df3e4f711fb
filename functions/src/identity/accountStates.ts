import { type Auth, FirebaseAuthError } from "firebase-admin/auth";
import type { AccountStates } from "../ports/accountStates.js";

export function accountStates(auth: Auth): AccountStates {
  const find = (uid: string) => unlessGone(auth.getUser(uid));
  return {
    async isAdmin(uid) {
      const account = await find(uid);
      return account ? account.customClaims?.admin === true : null;
    },
    async setAdmin(uid, isAdmin) {
      const account = await find(uid);
      if (!account) return;
      await auth.setCustomUserClaims(uid, { ...account.customClaims, admin: isAdmin });
      if (!isAdmin) await auth.revokeRefreshTokens(uid);
    },
    async disable(uid) {
      await unlessGone(auth.updateUser(uid, { disabled: true }));
      await unlessGone(auth.revokeRefreshTokens(uid));
    },
    async enable(uid) {
      await unlessGone(auth.updateUser(uid, { disabled: false }));
    },
  };
}

async function unlessGone<Result>(work: Promise<Result>): Promise<Result | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof FirebaseAuthError && error.code === "auth/user-not-found") return null;
    throw error;
  }
}
