import { type DocumentSnapshot, Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import {
  accountRef,
  credentialsRef,
  deletionRef,
  serviceWordsRef,
  suspensionRef,
  userRef,
} from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { invalidArgument, isRefusal, Refusal } from "../errors.js";
import { allowanceRef, spend } from "../limits/spend.js";
import { readTogether } from "../readTogether.js";
import { hasWordOf } from "../wordFilter/wordPattern.js";
import { encryptGrant } from "../spotify/credentials.js";
import { assertNotSuspended } from "./assertNotSuspended.js";
import type { DeletionDocument } from "../contract/privacy.js";
import { NAMELESS, spotifyOwned, type SpotifyOwned } from "./spotifyOwned.js";
import type { signInWithSpotify as contract } from "../contract/identity.js";

const DEADLINE_MS = 15_000;
/**
 * Six months from the authorisation, which refreshing does not extend, counted generously.
 * https://developer.spotify.com/blog/2026-06-18-refresh-token-expiration
 */
const GRANT_LIFE_MS = 184 * 24 * 3_600_000;

type SignInDependencies = Pick<
  Dependencies,
  "firestore" | "accounts" | "spotify" | "redirectUris" | "cipher" | "clock"
>;

/**
 * Exchanges Spotify's code for the person's profile, and answers with a custom token. The account is created before
 * the documents, and the token last, so that the next sign-in completes an interrupted one.
 */
export async function signInWithSpotify(
  deps: SignInDependencies,
  { code, redirectUri, codeVerifier }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  // Check this before any request: a foreign redirect URI means that somebody else's page got the code.
  if (!deps.redirectUris.includes(redirectUri)) {
    throw invalidArgument("redirectUri", "is not one of this app's redirect URIs");
  }
  const deadline = deps.clock.now() + DEADLINE_MS;
  const grant = await deps.spotify.exchangeCode({ code, redirectUri, codeVerifier }, deadline);
  const profile = await deps.spotify.getProfile(grant.accessToken, deadline);
  const owned = spotifyOwned(profile);
  const { uid, user } = owned;

  // Check this before the account is created: a suspension outlives the deletion of the account, which a refused sign-in must not bring back.
  const [deletion, suspension] = await readTogether(
    deps.firestore,
    deletionRef(deps.firestore, uid),
    suspensionRef(deps.firestore, uid),
  );
  assertNotDeleting(deletion);
  assertNotSuspended(suspension.data(), deps.clock.now());
  const { isDisabled } = await deps.accounts.upsert(uid, user);
  if (isDisabled) throw new Refusal("ACCOUNT_DISABLED");
  let isNewUser: boolean;
  try {
    isNewUser = await storePerson(deps, owned, grant);
  } catch (error) {
    // The deletion may have removed the account just before it was made again above.
    if (isRefusal(error, "ACCOUNT_DELETION_PENDING")) await deps.accounts.delete(uid);
    throw error;
  }
  return {
    customToken: await deps.accounts.customToken(uid),
    uid,
    isNewUser,
    spotify: {
      accessToken: grant.accessToken,
      expiresAt: grant.expiresAt,
      scopes: grant.scopes,
    },
  };
}

/** Writes what Spotify says, and cancels a deletion that has not begun. Returns whether the person is new. */
async function storePerson(
  deps: Pick<Dependencies, "firestore" | "cipher" | "clock">,
  { uid, user: owned, account }: SpotifyOwned,
  grant: Parameters<typeof encryptGrant>[2],
): Promise<boolean> {
  const db = deps.firestore;
  return db.runTransaction(async (transaction) => {
    const [known, allowance, deletion, words, suspension] = await readTogether(
      transaction,
      userRef(db, uid),
      allowanceRef(db, "signIn", uid),
      deletionRef(db, uid),
      serviceWordsRef(db),
      suspensionRef(db, uid),
    );
    assertNotDeleting(deletion);
    const isFiltered = hasWordOf(words.data()?.pattern, owned.displayName);
    const user = isFiltered ? { ...owned, displayName: NAMELESS } : owned;
    const now = Timestamp.fromMillis(deps.clock.now());
    assertNotSuspended(suspension.data(), now.toMillis());
    spend(transaction, "signIn", allowance, now.toMillis());
    // Signing in before the deletion begins means that the person wants to keep the account.
    const withdrawn = deletion.data()?.profile;
    if (deletion.exists) transaction.delete(deletion.ref);
    if (known.exists) {
      transaction.update(known.ref, { ...user, updatedAt: now });
    } else {
      transaction.set(known.ref, {
        bio: "",
        links: [],
        followerCount: 0,
        createdAt: now,
        ...withdrawn,
        ...user,
        updatedAt: now,
      });
    }
    transaction.set(accountRef(db, uid), {
      ...account,
      spotifyLinked: true,
      spotifyGrantedAt: now,
    });
    transaction.set(credentialsRef(db, uid), {
      ...encryptGrant(deps.cipher, uid, grant),
      grantExpiresAt: Timestamp.fromMillis(now.toMillis() + GRANT_LIFE_MS),
      lease: null,
      refreshFailure: null,
      updatedAt: now,
    });
    return !known.exists && !withdrawn;
  });
}

/** Once a deletion has begun, a person who wants a new account has to wait until the old one is deleted. */
function assertNotDeleting(deletion: DocumentSnapshot<DeletionDocument>): void {
  if (deletion.data()?.begunAt) throw new Refusal("ACCOUNT_DELETION_PENDING");
}
