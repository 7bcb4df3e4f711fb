import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import {
  accountRef,
  credentialsRef,
  serviceWordsRef,
  suspensionRef,
  userRef,
} from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { allowanceRef, spend } from "../limits/spend.js";
import { readTogether } from "../readTogether.js";
import { hasWordOf } from "../wordPattern.js";
import { encryptGrant } from "../spotify/credentials.js";
import { assertNotSuspended } from "../suspensions/suspension.js";
import { NAMELESS, spotifyOwned } from "./spotifyOwned.js";
import type { signInWithSpotify as contract } from "../contract/identity.js";

const DEADLINE_MS = 15_000;
/**
 * Six months from the authorization, which refreshing does not extend, counted generously.
 * https://developer.spotify.com/blog/2026-06-18-refresh-token-expiration
 */
const GRANT_LIFE_MS = 184 * 24 * 3_600_000;

type SignInDependencies = Pick<
  Dependencies,
  "firestore" | "accounts" | "spotify" | "redirectUris" | "cipher" | "clock"
>;

/**
 * Spotify's code → who the person is → their documents and a custom token. The account is made before the
 * documents and the token last, so that the next sign-in completes one that broke off.
 */
export async function signInWithSpotify(
  deps: SignInDependencies,
  { code, redirectUri, codeVerifier }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  // Before anything leaves: a foreign redirect URI means that somebody else's page got the code.
  if (!deps.redirectUris.includes(redirectUri)) {
    throw new Refusal("INVALID_ARGUMENT", {
      issues: [{ path: "redirectUri", message: "is not one of this app's redirect URIs" }],
    });
  }
  const deadline = deps.clock.now() + DEADLINE_MS;
  const grant = await deps.spotify.exchangeCode({ code, redirectUri, codeVerifier }, deadline);
  const profile = await deps.spotify.getProfile(grant.accessToken, deadline);
  const { uid, user: owned, account } = spotifyOwned(profile);

  const { isDisabled } = await deps.accounts.upsert(uid, owned);
  if (isDisabled) {
    const suspension = await suspensionRef(deps.firestore, uid).get();
    assertNotSuspended(suspension.data(), deps.clock.now());
    throw new Refusal("ACCOUNT_DISABLED");
  }
  const isNewUser = await deps.firestore.runTransaction(async (transaction) => {
    const users = userRef(deps.firestore, uid);
    const [known, allowance, words, suspension] = await readTogether(
      transaction,
      users,
      allowanceRef(deps.firestore, "signIn", uid),
      serviceWordsRef(deps.firestore),
      suspensionRef(deps.firestore, uid),
    );
    const isFiltered = hasWordOf(words.data()?.pattern, owned.displayName);
    const user = isFiltered ? { ...owned, displayName: NAMELESS } : owned;
    const now = Timestamp.fromMillis(deps.clock.now());
    assertNotSuspended(suspension.data(), now.toMillis());
    spend(transaction, "signIn", allowance, now.toMillis());
    if (known.exists) {
      transaction.update(users, { ...user, updatedAt: now });
    } else {
      transaction.set(users, {
        ...user,
        bio: "",
        links: [],
        followerCount: 0,
        createdAt: now,
        updatedAt: now,
      });
    }
    transaction.set(accountRef(deps.firestore, uid), {
      ...account,
      spotifyLinked: true,
      spotifyGrantedAt: now,
    });
    transaction.set(credentialsRef(deps.firestore, uid), {
      ...encryptGrant(deps.cipher, uid, grant),
      grantExpiresAt: Timestamp.fromMillis(now.toMillis() + GRANT_LIFE_MS),
      lease: null,
      refreshFailure: null,
      updatedAt: now,
    });
    return !known.exists;
  });

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
