import { Timestamp } from "firebase-admin/firestore";
import type { SpotifyAccess } from "../identity/schema.js";
import type { TokenCipher } from "./cipher.js";
import type { Grant } from "./gateway.js";
import type { CredentialsDocument } from "./schema.js";

type StoredGrant = Pick<
  CredentialsDocument,
  "refreshToken" | "accessToken" | "expiresAt" | "scopes"
>;

/** A grant as it may be stored: under the newest key, so that every refresh carries a rotation on. */
export function sealGrant(
  cipher: TokenCipher,
  uid: string,
  grant: Grant & { refreshToken: string },
): StoredGrant {
  return {
    refreshToken: cipher.seal(grant.refreshToken, uid),
    accessToken: cipher.seal(grant.accessToken, uid),
    expiresAt: Timestamp.fromMillis(grant.expiresAt),
    scopes: grant.scopes,
  };
}

/** The stored access token, as its owner's devices get it. */
export function openAccess(cipher: TokenCipher, uid: string, stored: StoredGrant): SpotifyAccess {
  return {
    accessToken: cipher.open(stored.accessToken, uid),
    expiresAt: stored.expiresAt.toMillis(),
    scopes: stored.scopes,
  };
}
