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

describe("a person's shared access token", () => {
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
    accounts: {
      upsert: () => Promise.resolve({ isDisabled: false }),
      isDisabled: () => Promise.resolve(false),
      customToken: () => Promise.resolve("token"),
    },
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

  it("is the stored one while that has some life left", async () => {
    const { spotify: signedIn } = await signInAgain();
    assert.deepEqual(await getSpotifyAccessToken(deps(), { uid }), signedIn);
    assert.equal(await refreshes(), 0);
  });

  it("is stored encrypted, with the key's version beside it", async () => {
    const { spotify: signedIn } = await signInAgain();
    const document = await stored();
    assert.equal(document?.accessToken.keyVersion, 1);
    assert.ok(!JSON.stringify(document).includes(signedIn.accessToken));
  });

  it("is refreshed when it runs out, keeps its scopes, and carries Spotify's rotated grant on", async () => {
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

  it("is refreshed again where Spotify does not rotate", async () => {
    await control.setRefreshTokenRotation(false);
    for (const expected of [1, 2]) {
      await runOut();
      await getSpotifyAccessToken(deps(), { uid });
      assert.equal(await refreshes(), expected);
    }
  });

  it("is refreshed once for twenty who ask at the same time", async () => {
    await runOut();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => getSpotifyAccessToken(deps(), { uid })),
    );
    assert.equal(await refreshes(), 1);
    assert.equal(new Set(answers.map(({ accessToken }) => accessToken)).size, 1);
    assert.equal((await stored())?.lease, null);
  });

  it("is refreshed by the next when the holder of the lease died", async () => {
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

  it("fails alike for all who waited, at one caller's cost to Spotify", async () => {
    await runOut();
    await control.faults.set({
      match: "/api/token",
      times: 50,
      status: 429,
      headers: { "retry-after": "40" },
    });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => getSpotifyAccessToken(deps(), { uid })),
    );
    for (const outcome of outcomes) {
      const { reason, details } = refusalOf(outcome);
      assert.deepEqual([reason, details.retryAfterSeconds], ["SPOTIFY_RATE_LIMITED", 40]);
    }
    assert.equal(await refreshes(), 1);
    await control.faults.clear();

    const { details } = refusalOf(
      await Promise.allSettled([getSpotifyAccessToken(deps(), { uid })]).then(([later]) => later),
    );
    assert.ok((details.retryAfterSeconds ?? 0) > 30, "Spotify's word holds for who comes later");
    assert.equal(await refreshes(), 1);
    await credentialsRef(firestore, uid).update({
      "refreshFailure.at": Timestamp.fromMillis(Date.now() - 41_000),
    });
    assert.ok((await getSpotifyAccessToken(deps(), { uid })).accessToken);
  });

  it("passes a fault of ours on as a fault, also when the holder's clock is ahead", async () => {
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

  it("keeps what Spotify rotated though the lease ran out under its holder", async () => {
    await runOut();
    const slow = {
      ...deps(),
      spotify: {
        ...deps().spotify,
        refreshAccessToken: async (refreshToken: string, deadline: number) => {
          const grant = await deps().spotify.refreshAccessToken(refreshToken, deadline);
          // Another call sees the lease end and takes it, while the grant is not yet stored.
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

  it("is gone for one whose private account document is missing as well", async () => {
    await runOut();
    await accountRef(firestore, uid).delete();
    await control.revoke(persona);
    await assert.rejects(getSpotifyAccessToken(deps(), { uid }), {
      reason: "SPOTIFY_RELINK_REQUIRED",
    });
  });

  it("is gone with a revoked grant, for all who ask, until one signs in again", async () => {
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

  it("leaves alone the grant of a sign-in that came in between", async () => {
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

  it("is sealed with the new key at its next refresh", async () => {
    await runOut();
    const rotated = tokenCipher(
      JSON.stringify({ 1: firstKey, 2: randomBytes(32).toString("base64") }),
    );
    const access = await getSpotifyAccessToken({ ...deps(), cipher: rotated }, { uid });
    const document = await stored();
    assert.deepEqual([document?.accessToken.keyVersion, document?.refreshToken.keyVersion], [2, 2]);
    assert.deepEqual(await getSpotifyAccessToken({ ...deps(), cipher: rotated }, { uid }), access);
  });

  it("is refused to one who never signed in", async () => {
    await assert.rejects(getSpotifyAccessToken(deps(), { uid: "spotify_nobody" }), {
      reason: "SPOTIFY_RELINK_REQUIRED",
    });
  });
});
