import { Refusal } from "../errors.js";
import type { SpotifyProfile } from "../ports/spotifyProfile.js";
import type { AccountDocument, UserDocument } from "../contract/identity.js";

/** The parts of a person's documents that come from Spotify. Every sign-in updates them. */
export interface SpotifyOwned {
  uid: string;
  user: Pick<UserDocument, "displayName" | "photoUrl" | "spotifyUrl">;
  account: Pick<AccountDocument, "spotifyId" | "email" | "country" | "product">;
}

/** The name of a person for whom Spotify gives no name. */
export const NAMELESS = "Listener";
const MAX_DISPLAY_NAME = 100;
// Firestore ids cannot hold a slash, Firebase Auth takes uids of up to 128 characters, and ours
// begin with `spotify_`.
const USABLE_ACCOUNT_ID = /^[A-Za-z0-9._~:-]{1,119}$/;

/**
 * Who the person is to Ambient. The uid comes from the immutable `account_id` alone: Spotify's `id` may change, and
 * an email proves nothing. Refuses with SPOTIFY_ACCOUNT_ID_MISSING.
 */
export function spotifyOwned(profile: SpotifyProfile): SpotifyOwned {
  const accountId = profile.account_id;
  if (!accountId || !USABLE_ACCOUNT_ID.test(accountId)) {
    throw new Refusal("SPOTIFY_ACCOUNT_ID_MISSING");
  }
  const name = profile.display_name?.trim() ?? "";
  return {
    uid: `spotify_${accountId}`,
    user: {
      displayName: name === "" ? NAMELESS : truncate(name),
      photoUrl: httpsOnly(profile.images?.[0]?.url),
      spotifyUrl: httpsOnly(profile.external_urls?.spotify),
    },
    account: {
      spotifyId: profile.id,
      ...(profile.email && { email: profile.email }),
      ...(profile.country && { country: profile.country }),
      ...(profile.product && { product: profile.product }),
    },
  };
}

/** Do not leave half of a surrogate pair at the cut. */
function truncate(name: string): string {
  return name.slice(0, MAX_DISPLAY_NAME).replace(/[\uD800-\uDBFF]$/, "");
}

function httpsOnly(url: string | undefined): string | null {
  return url?.startsWith("https://") && URL.canParse(url) ? url : null;
}
