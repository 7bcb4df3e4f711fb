import { Timestamp } from "firebase-admin/firestore";
import type { TokenCipher } from "../ports/tokenCipher.js";
import type { Grant } from "../ports/spotifyGateway.js";
import type { CredentialsDocument, SpotifyAccess } from "../contract/spotify.js";

type StoredGrant = Pick<
  CredentialsDocument,
  "refreshToken" | "accessToken" | "expiresAt" | "scopes"
>;

/** A grant to store: encrypted with the primary key, so that every refresh advances a rotation of keys. */
export function encryptGrant(
  cipher: TokenCipher,
  uid: string,
  grant: Grant & { refreshToken: string },
): StoredGrant {
  return {
    refreshToken: cipher.encrypt(grant.refreshToken, uid),
    accessToken: cipher.encrypt(grant.accessToken, uid),
    expiresAt: Timestamp.fromMillis(grant.expiresAt),
    scopes: grant.scopes,
  };
}

/** The stored access token, as its owner's devices get it. */
export function decryptAccess(
  cipher: TokenCipher,
  uid: string,
  stored: StoredGrant,
): SpotifyAccess {
  return {
    accessToken: cipher.decrypt(stored.accessToken, uid),
    expiresAt: stored.expiresAt.toMillis(),
    scopes: stored.scopes,
  };
}
