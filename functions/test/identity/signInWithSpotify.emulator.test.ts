import { Timestamp } from "firebase-admin/firestore";
import { doc, getDoc } from "firebase/firestore";
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { defaultScopes } from "../../../client/src/account/spotifyAuthorization.js";
import { functionUrl, type Endpoints } from "../../../local/suite/endpoints.js";
import { openApp, type App } from "../../../local/clientApp/app.js";
import { authorizeAt, signInAs } from "../../../local/clientApp/signIn.js";
import { spotifyControl, type SpotifyControl } from "../../../local/spotify/control/client.js";
import { personas } from "../../../local/spotify/personas.js";
import { refusal } from "../../../test/support/refusal.js";
import { runningSuite } from "../../../test/support/suite.js";
import { accountRef, credentialsRef, suspensionRef, userRef } from "../../src/collections.js";
import { refreshAudio } from "../../src/contract/audio.js";
import { signInWithSpotify } from "../../src/contract/identity.js";
import { getSpotifyAccessToken } from "../../src/contract/spotify.js";
import { limits } from "../../src/contract/limits.js";
import type { RefusalReason } from "../../src/contract/reasons.js";
import { startShow } from "../../src/contract/shows.js";
import { acceptInvitation } from "../../src/contract/stage.js";
import { allowanceRef } from "../../src/limits/spend.js";
import { pseudonymOf } from "../../src/log.js";
import { auth, firestore } from "../support/backstage.js";
import { suiteLog } from "../support/suiteLog.js";

describe("signInWithSpotify", () => {
  let endpoints: Endpoints;
  let control: SpotifyControl;
  let app: App;

  before(async () => {
    endpoints = await runningSuite();
    control = spotifyControl(`http://${endpoints.spotify}`);
  });
  beforeEach(async () => {
    await control.faults.clear();
    app = openApp(endpoints);
  });
  afterEach(async () => {
    await control.faults.clear();
    await app.close();
  });

  /** A user known to Spotify but not to Ambient. */
  const newcomer = async (
    changes: Parameters<SpotifyControl["changePersona"]>[0] | object = {},
  ) => {
    const suffix = randomBytes(6).toString("hex");
    const persona = {
      id: `newcomer-${suffix}`,
      accountId: `account${suffix}`,
      spotifyId: `newcomer.${suffix}`,
      displayName: "New Comer",
      imageUrl: "https://i.scdn.co/image/newcomer",
      product: "premium" as const,
      email: "new@example.com",
      country: "SE",
      allowed: true,
      ...changes,
    };
    await control.changePersona(persona);
    return { ...persona, uid: `spotify_${persona.accountId}` };
  };
  const signIn = async (persona: string) =>
    app.call(signInWithSpotify, await authorizeAt(endpoints, persona));
  const nothingIsKeptOf = async (uid: string) => {
    for (const ref of [
      userRef(firestore, uid),
      accountRef(firestore, uid),
      credentialsRef(firestore, uid),
    ]) {
      assert.equal((await ref.get()).exists, false, ref.path);
    }
    await assert.rejects(auth.getUser(uid), { code: "auth/user-not-found" });
  };
  const tokenRequests = async () =>
    (await control.requests()).filter(({ path }) => path === "/api/token").length;

  it("creates the account with a public profile and a private part, and signs in", async () => {
    const { id, uid } = await newcomer();
    const answer = await signIn(id);
    assert.deepEqual([answer.uid, answer.isNewUser], [uid, true]);
    assert.deepEqual([...answer.spotify.scopes].sort(), [...defaultScopes].sort());
    assert.ok(answer.spotify.expiresAt > Date.now());
    await app.signIn(answer.customToken);
    assert.equal(app.uid, uid);

    const user = (await userRef(firestore, uid).get()).data();
    assert.deepEqual(
      [user?.displayName, user?.photoUrl, user?.bio, user?.links, user?.followerCount],
      ["New Comer", "https://i.scdn.co/image/newcomer", "", [], 0],
    );
    const account = (await accountRef(firestore, uid).get()).data();
    assert.equal(account?.spotifyLinked, true);
    assert.ok(Math.abs(account.spotifyGrantedAt.toMillis() - Date.now()) < 60_000);
    const record = await auth.getUser(uid);
    assert.deepEqual(
      [record.displayName, record.emailVerified, record.email],
      ["New Comer", false, undefined],
    );
  });

  it("recognises the same user under another Spotify id and name, and keeps bio and links", async () => {
    const { id, uid } = await newcomer();
    await signIn(id);
    await userRef(firestore, uid).update({ bio: "Mine", links: ["https://mine.example"] });
    const createdAt = (await userRef(firestore, uid).get()).data()?.createdAt;
    await control.changePersona({ id, spotifyId: "somebody.else", displayName: "Renamed" });

    const again = await signIn(id);
    assert.deepEqual([again.uid, again.isNewUser], [uid, false]);
    const user = (await userRef(firestore, uid).get()).data();
    assert.deepEqual(
      [user?.displayName, user?.bio, user?.links, user?.createdAt],
      ["Renamed", "Mine", ["https://mine.example"], createdAt],
    );
    assert.equal((await accountRef(firestore, uid).get()).data()?.spotifyId, "somebody.else");
    assert.equal((await auth.getUser(uid)).displayName, "Renamed");
  });

  it("accepts a profile without a name and a picture", async () => {
    const { id, uid } = await newcomer({ displayName: null, imageUrl: null });
    await signIn(id);
    const user = (await userRef(firestore, uid).get()).data();
    assert.deepEqual([user?.displayName, user?.photoUrl], ["Listener", null]);
  });

  it("signs in two devices of a new user at the same time", async () => {
    const { id, uid } = await newcomer();
    const answers = await Promise.all([signIn(id), signIn(id)]);
    assert.deepEqual(
      answers.map((answer) => answer.uid),
      [uid, uid],
    );
    assert.equal(answers.filter((answer) => answer.isNewUser).length, 1);
  });

  it("refuses a profile without account_id, and stores nothing", async () => {
    const { id, spotifyId } = await newcomer({ accountId: null });
    await assert.rejects(signIn(id), refusal("SPOTIFY_ACCOUNT_ID_MISSING"));
    await nothingIsKeptOf(`spotify_${spotifyId}`);
  });

  it("refuses an account that is not on the app's allow-list, and stores nothing", async () => {
    await assert.rejects(signIn("listener-hal"), refusal("SPOTIFY_NOT_ALLOWED"));
    const hal = personas.find(({ id }) => id === "listener-hal");
    await nothingIsKeptOf(`spotify_${hal?.accountId ?? ""}`);
  });

  it("refuses an unknown redirect URI before it calls Spotify", async () => {
    const request = await authorizeAt(endpoints, "listener-dan");
    const before = await tokenRequests();
    for (const redirectUri of ["https://evil.example/callback", `${request.redirectUri}/`]) {
      await assert.rejects(
        app.call(signInWithSpotify, { ...request, redirectUri }),
        refusal("INVALID_ARGUMENT", {
          issues: [{ path: "redirectUri", message: "is not one of this app's redirect URIs" }],
        }),
      );
    }
    assert.equal(await tokenRequests(), before);
  });

  it("refuses a used code, an unknown code and a wrong verifier", async () => {
    const { id, uid } = await newcomer();
    const request = await authorizeAt(endpoints, id);
    const wrongVerifier = randomBytes(32).toString("base64url");
    await assert.rejects(
      app.call(signInWithSpotify, { ...request, codeVerifier: wrongVerifier }),
      refusal("SPOTIFY_CODE_REJECTED"),
    );
    await assert.rejects(
      app.call(signInWithSpotify, { ...request, code: "made-up" }),
      refusal("SPOTIFY_CODE_REJECTED"),
    );
    await nothingIsKeptOf(uid);
    const fresh = await authorizeAt(endpoints, id);
    await app.call(signInWithSpotify, fresh);
    await assert.rejects(app.call(signInWithSpotify, fresh), refusal("SPOTIFY_CODE_REJECTED"));
  });

  for (const [what, fault, reason, details] of [
    ["is down", { match: "/api/token", status: 503 }, "SPOTIFY_UNAVAILABLE", {}],
    ["cuts the connection", { match: "/api/token", drop: true }, "SPOTIFY_UNAVAILABLE", {}],
    [
      "answers nonsense",
      { match: "/v1/me", status: 200, body: "<html>" },
      "SPOTIFY_UNAVAILABLE",
      {},
    ],
    [
      "rate-limits the app",
      { match: "/v1/me", status: 429, headers: { "retry-after": "77" } },
      "SPOTIFY_RATE_LIMITED",
      { retryAfterSeconds: 77 },
    ],
  ] as const) {
    it(`reports that Spotify ${what}, stores nothing, and works afterwards`, async () => {
      const { id, uid } = await newcomer();
      await control.faults.set({ times: 5, ...fault });
      await assert.rejects(signIn(id), refusal(reason, details));
      await nothingIsKeptOf(uid);
      await control.faults.clear();
      assert.equal((await signIn(id)).isNewUser, true);
    });
  }

  it("waits out a short rate limit within the call", async () => {
    const { id } = await newcomer();
    await control.faults.set({
      match: "/v1/me",
      times: 1,
      status: 429,
      headers: { "retry-after": "1" },
    });
    assert.equal((await signIn(id)).isNewUser, true);
  });

  it("gives one refreshed access token to twenty simultaneous calls", async () => {
    const { id, uid } = await newcomer();
    await app.signIn((await signIn(id)).customToken);
    const { expiresAt } = await app.call(getSpotifyAccessToken, {});
    await credentialsRef(firestore, uid).update({ expiresAt: new Date(Date.now() + 1_000) });
    const before = (await control.requests()).filter(
      ({ grantType }) => grantType === "refresh_token",
    ).length;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => app.call(getSpotifyAccessToken, {})),
    );
    const after = (await control.requests()).filter(
      ({ grantType }) => grantType === "refresh_token",
    ).length;
    assert.equal(after - before, 1);
    assert.equal(new Set(answers.map(({ accessToken }) => accessToken)).size, 1);
    assert.ok((answers[0]?.expiresAt ?? 0) >= expiresAt);
  }).timeout(60_000);

  it("requires a new sign-in after the grant was revoked, which restores access", async () => {
    const { id, uid } = await newcomer();
    await app.signIn((await signIn(id)).customToken);
    await control.revoke(id);
    await credentialsRef(firestore, uid).update({ expiresAt: new Date(Date.now() + 1_000) });
    await assert.rejects(app.call(getSpotifyAccessToken, {}), refusal("SPOTIFY_RELINK_REQUIRED"));
    assert.equal((await accountRef(firestore, uid).get()).data()?.spotifyLinked, false);
    await signIn(id);
    assert.ok((await app.call(getSpotifyAccessToken, {})).accessToken);
  });

  it("writes no token, code, verifier or uid to the functions' log", async function () {
    if ((await suiteLog()) === undefined) this.skip();
    const { id, uid } = await newcomer();
    const request = await authorizeAt(endpoints, id);
    const answer = await app.call(signInWithSpotify, request);
    await app.signIn(answer.customToken);
    await credentialsRef(firestore, uid).update({ expiresAt: new Date(Date.now() + 1_000) });
    const refreshed = await app.call(getSpotifyAccessToken, {});
    await assert.rejects(app.call(signInWithSpotify, request), refusal("SPOTIFY_CODE_REJECTED"));

    const written = (await suiteLog()) ?? "";
    assert.ok(
      written.includes(pseudonymOf(uid, endpoints.projectId)),
      "the log contains these calls",
    );
    for (const secret of [
      uid,
      request.code,
      request.codeVerifier,
      answer.customToken,
      answer.spotify.accessToken,
      refreshed.accessToken,
    ]) {
      assert.ok(!written.includes(secret));
    }
  });

  it("refuses a disabled account every token, and keeps its documents unchanged", async () => {
    const { id, uid } = await newcomer();
    await app.signIn((await signIn(id)).customToken);
    const before = (await credentialsRef(firestore, uid).get()).updateTime;
    await auth.updateUser(uid, { disabled: true });
    await assert.rejects(signIn(id), refusal("ACCOUNT_DISABLED"));
    await assert.rejects(app.call(getSpotifyAccessToken, {}), refusal("ACCOUNT_DISABLED"));
    const audioTokens = async (reason: RefusalReason) => {
      for (const contract of [startShow, acceptInvitation, refreshAudio]) {
        await assert.rejects(app.call(contract, { showId: "nowhere" }), refusal(reason));
      }
    };
    await audioTokens("ACCOUNT_DISABLED");
    assert.deepEqual((await credentialsRef(firestore, uid).get()).updateTime, before);
    await auth.updateUser(uid, { disabled: false });
    assert.ok((await app.call(getSpotifyAccessToken, {})).accessToken);
    await audioTokens("SHOW_NOT_FOUND");
    assert.equal((await signIn(id)).uid, uid);
  });

  it("tells a suspended person why and until when, also before the account is disabled", async () => {
    const { id, uid } = await newcomer();
    await app.signIn((await signIn(id)).customToken);
    const suspension = suspensionRef(firestore, uid);
    const until = Date.now() + 3_600_000;
    await suspension.set({
      uid,
      reportId: "report",
      by: "operator",
      reason: "Fraud",
      at: Timestamp.now(),
      until: Timestamp.fromMillis(until),
      isApplied: true,
    });
    for (const disabled of [false, true]) {
      await auth.updateUser(uid, { disabled });
      await assert.rejects(signIn(id), refusal("ACCOUNT_SUSPENDED", { until, statement: "Fraud" }));
    }
    await suspension.update({ until: null });
    await assert.rejects(signIn(id), refusal("ACCOUNT_SUSPENDED", { until: undefined }));
    await auth.updateUser(uid, { disabled: false });
    await suspension.update({ until: Timestamp.fromMillis(Date.now() - 1_000) });
    assert.equal((await signIn(id)).uid, uid);
  });

  it("limits sign-ins per account, and says how long to wait", async () => {
    const { id, uid } = await newcomer();
    const { count, seconds } = limits.signIn;
    const usedUp = Timestamp.fromMillis(Date.now() + seconds * 1_000);
    await allowanceRef(firestore, "signIn", uid).set({ expiresAt: usedUp });
    const retryAfterSeconds = seconds / count;
    await assert.rejects(signIn(id), refusal("RATE_LIMITED", { retryAfterSeconds }));
    assert.equal((await credentialsRef(firestore, uid).get()).exists, false);
  });

  it("limits sign-ins per network before calling Spotify, regardless of forged headers", async () => {
    const last = randomBytes(2).join(".");
    const before = await tokenRequests();
    const call = async (forwardedFor: string) => {
      const answer = await fetch(functionUrl(endpoints, "signInWithSpotify"), {
        method: "POST",
        headers: { "content-type": "application/json", "x-forwarded-for": forwardedFor },
        body: JSON.stringify({
          data: { code: "c", redirectUri: "http://elsewhere", codeVerifier: "v".repeat(43) },
        }),
      });
      return JSON.stringify(await answer.json());
    };
    const allowances = async () => {
      const { docs } = await firestore.collection("limits").get();
      return docs.filter(({ id }) => id.startsWith("signInFromNetwork_"));
    };
    const known = new Set((await allowances()).map(({ id }) => id));
    assert.ok((await call(`1.1.1.1, 10.9.${last}`)).includes("INVALID_ARGUMENT"));
    const [mine] = (await allowances()).filter(({ id }) => !known.has(id));
    assert.ok(mine, "the call was counted");
    assert.ok(!JSON.stringify([mine.id, mine.data()]).includes(last));
    const inTenMinutes = Date.now() + limits.signInFromNetwork.seconds * 1_000;
    await mine.ref.set({ expiresAt: Timestamp.fromMillis(inTenMinutes) });
    assert.ok((await call(`2.2.2.2, 10.9.${last}`)).includes("RATE_LIMITED"));
    assert.ok((await call(`10.9.${last}, 10.8.${last}`)).includes("INVALID_ARGUMENT"), "another's");
    assert.equal(await tokenRequests(), before);
  });

  it("hides the stored credentials from every client", async () => {
    const dan = await signInAs(endpoints, "listener-dan");
    await assert.rejects(getDoc(doc(dan.db, "spotifyCredentials", dan.uid)), {
      code: "permission-denied",
    });
    await dan.close();
  });
});
