import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { randomBytes, randomUUID } from "node:crypto";
import { codeChallengeOf } from "../../../local/spotify/accounts/pkce.js";
import { spotifyControl, type SpotifyControl } from "../../../local/spotify/control/client.js";
import { personas } from "../../../local/spotify/personas.js";
import { startLocalSpotify, type LocalSpotify } from "../../../local/spotify/server.js";
import { systemClock } from "../../src/clock.js";
import { accountRef, credentialsRef } from "../../src/collections.js";
import { Refusal } from "../../src/errors.js";
import { signInWithSpotify } from "../../src/identity/signInWithSpotify.js";
import { getSpotifyAccessToken } from "../../src/spotify/getSpotifyAccessToken.js";
import { tokenCipher } from "../../src/spotify/cipher.js";
import { spotifyGateway } from "../../src/spotify/gateway.js";
import { quietFirestore } from "../support/backstage.js";
import { fakeAccounts } from "../support/fakeAccounts.js";

const redirectUri = "ambient://callback";
const clientId = "client";
const clientSecret = "client-secret";
const persona = "creator-ada";
const uid = `spotify_${personas.find(({ id }) => id === persona)?.accountId ?? ""}`;
const firstKey = randomBytes(32).toString("base64");

function refusalOf(outcome: PromiseSettledResult<unknown> | undefined): Refusal {
  assert.ok(outcome?.status === "rejected" && outcome.reason instanceof Refusal, "a refusal");
  return outcome.reason;
}

describe("the shared Spotify access token", () => {
  let spotify: LocalSpotify;
  let control: SpotifyControl;
  let firestore: Firestore;

  before(async () => {
    firestore = quietFirestore();
    spotify = await startLocalSpotify({
      clientId,
      clientSecret,
      redirectUris: [redirectUri],
      personas,
    });
    control = spotifyControl(spotify.url);
  });
  after(() => Promise.all([spotify.close(), firestore.terminate()]));
  beforeEach(async () => {
    await control.faults.clear();
    await control.setRefreshTokenRotation(true);
    await signInAgain();
    await control.clearRequests();
  });

  const deps = () => ({
    firestore,
    clock: systemClock,
    newId: randomUUID,
    redirectUris: [redirectUri],
    cipher: tokenCipher(JSON.stringify({ 1: firstKey })),
    accounts: fakeAccounts(),
    spotify: spotifyGateway({
      clientId,
      clientSecret,
      accountsUrl: spotify.url,
      apiUrl: `${spotify.url}/v1`,
      clock: systemClock,
    }),
  });
  const signInAgain = async () => {
    const codeVerifier = "v".repeat(43);
    const { code } = await control.authorize({
      persona,
      clientId,
      redirectUri,
      scopes: ["streaming"],
      codeChallenge: codeChallengeOf(codeVerifier),
    });
    return signInWithSpotify(deps(), { code, redirectUri, codeVerifier });
  };
  const stored = async () => (await credentialsRef(firestore, uid).get()).data();
  const runOut = () =>
    credentialsRef(firestore, uid).update({ expiresAt: Timestamp.fromMillis(Date.now() + 1_000) });
  const refreshes = async () =>
    (await control.requests()).filter(({ grantType }) => grantType === "refresh_token").length;
  const worksAtSpotify = async (accessToken: string) => {
    const answer = await fetch(`${spotify.url}/v1/me`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    return answer.status === 200;
  };

  it("is the stored one while it is still valid", async () => {
    const { spotify: signedIn } = await signInAgain();
    assert.deepEqual(await getSpotifyAccessToken(deps(), { uid }), signedIn);
    assert.equal(await refreshes(), 0);
  });

  it("is stored encrypted with its key version", async () => {
    const { spotify: signedIn } = await signInAgain();
    const document = await stored();
    assert.equal(document?.accessToken.keyVersion, 1);
    assert.ok(!JSON.stringify(document).includes(signedIn.accessToken));
  });

  it("is refreshed when it expires, with the same scopes and Spotify's rotated refresh token", async () => {
    await runOut();
    const first = await getSpotifyAccessToken(deps(), { uid });
    assert.deepEqual(first.scopes, ["streaming"]);
    assert.ok(first.expiresAt > Date.now() + 3_000_000);
    assert.ok(await worksAtSpotify(first.accessToken));
    await runOut();
    const second = await getSpotifyAccessToken(deps(), { uid });
    assert.notEqual(second.accessToken, first.accessToken);
    assert.ok(await worksAtSpotify(second.accessToken));
  });

  it("is refreshed again when Spotify does not rotate the refresh token", async () => {
    await control.setRefreshTokenRotation(false);
    for (const expected of [1, 2]) {
      await runOut();
      await getSpotifyAccessToken(deps(), { uid });
      assert.equal(await refreshes(), expected);
    }
  });

  it("is refreshed once for twenty simultaneous calls", async () => {
    await runOut();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => getSpotifyAccessToken(deps(), { uid })),
    );
    assert.equal(await refreshes(), 1);
    assert.equal(new Set(answers.map(({ accessToken }) => accessToken)).size, 1);
    assert.equal((await stored())?.lease, null);
  });

  it("is refreshed by the next call when the lease's holder crashed", async () => {
    await runOut();
    const until = Timestamp.fromMillis(Date.now() + 400);
    await credentialsRef(firestore, uid).update({ lease: { id: "dead", until } });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => getSpotifyAccessToken(deps(), { uid })),
    );
    assert.ok(Date.now() >= until.toMillis());
    assert.equal(await refreshes(), 1);
    assert.equal(new Set(answers.map(({ accessToken }) => accessToken)).size, 1);
  });

  it("fails in the same way for all waiting calls after a single request to Spotify", async () => {
    await runOut();
    await control.faults.set({
      match: "/api/token",
      times: 50,
      status: 429,
      headers: { "retry-after": "400" },
    });
    const isMostOfTheWait = (seconds = 0) => seconds > 300 && seconds <= 400;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => getSpotifyAccessToken(deps(), { uid })),
    );
    for (const outcome of outcomes) {
      const { reason, details } = refusalOf(outcome);
      assert.equal(reason, "SPOTIFY_RATE_LIMITED");
      assert.ok(isMostOfTheWait(details.retryAfterSeconds), "Spotify's wait applies to all calls");
    }
    assert.equal(await refreshes(), 1);
    await control.faults.clear();

    const { details } = refusalOf(
      await Promise.allSettled([getSpotifyAccessToken(deps(), { uid })]).then(([later]) => later),
    );
    assert.ok(isMostOfTheWait(details.retryAfterSeconds), "it also applies to later calls");
    assert.equal(await refreshes(), 1);
    await credentialsRef(firestore, uid).update({
      "refreshFailure.at": Timestamp.fromMillis(Date.now() - 401_000),
    });
    assert.ok((await getSpotifyAccessToken(deps(), { uid })).accessToken);
  });

  it("passes on an internal error, even if the holder's clock is ahead", async () => {
    await runOut();
    await credentialsRef(firestore, uid).update({
      refreshFailure: { at: Timestamp.fromMillis(Date.now() + 5_000), reason: "INTERNAL" },
    });
    await assert.rejects(
      getSpotifyAccessToken(deps(), { uid }),
      (error) => error instanceof Error && !(error instanceof Refusal),
    );
    assert.equal(await refreshes(), 0);
  });

  it("keeps Spotify's rotated token even if the lease expired in the meantime", async () => {
    await runOut();
    const slow = {
      ...deps(),
      spotify: {
        ...deps().spotify,
        refreshAccessToken: async (refreshToken: string, deadline: number) => {
          const grant = await deps().spotify.refreshAccessToken(refreshToken, deadline);
          // Another call takes the expired lease before the grant is stored.
          await credentialsRef(firestore, uid).update({
            lease: { id: "another", until: Timestamp.fromMillis(Date.now() + 300) },
          });
          return grant;
        },
      },
    };
    const { accessToken } = await getSpotifyAccessToken(slow, { uid });
    assert.ok(await worksAtSpotify(accessToken));
    await runOut();
    assert.ok(await worksAtSpotify((await getSpotifyAccessToken(deps(), { uid })).accessToken));
  });

  it("is gone for a user whose account document is missing too", async () => {
    await runOut();
    await accountRef(firestore, uid).delete();
    await control.revoke(persona);
    await assert.rejects(getSpotifyAccessToken(deps(), { uid }), {
      reason: "SPOTIFY_RELINK_REQUIRED",
    });
  });

  it("is gone for everyone after a revoked grant, until the user signs in again", async () => {
    await runOut();
    await control.revoke(persona);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, () => getSpotifyAccessToken(deps(), { uid })),
    );
    for (const outcome of outcomes) {
      assert.equal(refusalOf(outcome).reason, "SPOTIFY_RELINK_REQUIRED");
    }
    assert.equal(await stored(), undefined);
    const account = async () => (await accountRef(firestore, uid).get()).data();
    assert.equal((await account())?.spotifyLinked, false);

    const { isNewUser } = await signInAgain();
    assert.equal(isNewUser, false);
    assert.equal((await account())?.spotifyLinked, true);
    assert.ok(await worksAtSpotify((await getSpotifyAccessToken(deps(), { uid })).accessToken));
  });

  it("keeps the grant of a sign-in that happened in the meantime", async () => {
    await runOut();
    const late = {
      ...deps(),
      spotify: {
        ...deps().spotify,
        refreshAccessToken: async (refreshToken: string, deadline: number) => {
          await control.revoke(persona);
          await signInAgain();
          return deps().spotify.refreshAccessToken(refreshToken, deadline);
        },
      },
    };
    const access = await getSpotifyAccessToken(late, { uid });
    assert.ok(await worksAtSpotify(access.accessToken));
    assert.equal((await accountRef(firestore, uid).get()).data()?.spotifyLinked, true);
  });

  it("is encrypted with the new key at the next refresh", async () => {
    await runOut();
    const rotated = tokenCipher(
      JSON.stringify({ 1: firstKey, 2: randomBytes(32).toString("base64") }),
    );
    const access = await getSpotifyAccessToken({ ...deps(), cipher: rotated }, { uid });
    const document = await stored();
    assert.deepEqual([document?.accessToken.keyVersion, document?.refreshToken.keyVersion], [2, 2]);
    assert.deepEqual(await getSpotifyAccessToken({ ...deps(), cipher: rotated }, { uid }), access);
  });

  it("is refused for a user who never signed in", async () => {
    await assert.rejects(getSpotifyAccessToken(deps(), { uid: "spotify_nobody" }), {
      reason: "SPOTIFY_RELINK_REQUIRED",
    });
  });
});
