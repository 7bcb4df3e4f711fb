import { FirebaseAuthError, type Auth } from "firebase-admin/auth";
import type { AuthAccounts } from "../ports/authAccounts.js";

export function authAccounts(auth: Auth): AuthAccounts {
  return {
    async upsert(uid, { displayName, photoUrl }) {
      try {
        const { disabled } = await auth.updateUser(uid, { displayName, photoURL: photoUrl });
        return { isDisabled: disabled };
      } catch (error) {
        if (!isAuthError(error, "auth/user-not-found")) throw error;
        try {
          await auth.createUser({ uid, displayName, ...(photoUrl && { photoURL: photoUrl }) });
        } catch (raced) {
          // Another of the person's devices signs in at the same moment and was first.
          if (!isAuthError(raced, "auth/uid-already-exists")) throw raced;
        }
        return { isDisabled: false };
      }
    },
    async isDisabled(uid) {
      try {
        return (await auth.getUser(uid)).disabled;
      } catch (error) {
        if (isAuthError(error, "auth/user-not-found")) return true;
        throw error;
      }
    },
    customToken: (uid) => auth.createCustomToken(uid),
    async close(uid) {
      await unlessNotThere(async () => {
        await auth.updateUser(uid, { disabled: true });
        await auth.revokeRefreshTokens(uid);
      });
    },
    remove: (uid) => unlessNotThere(() => auth.deleteUser(uid)),
  };
}

async function unlessNotThere(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isAuthError(error, "auth/user-not-found")) throw error;
  }
}

function isAuthError(error: unknown, code: string): boolean {
  return error instanceof FirebaseAuthError && error.code === code;
}
