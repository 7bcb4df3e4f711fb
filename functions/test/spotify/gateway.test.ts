import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { codeChallengeOf } from "../../../local/spotify/accounts/pkce.js";
import { personas } from "../../../local/spotify/personas.js";
import { spotifyControl, type SpotifyControl } from "../../../local/spotify/control/client.js";
import { startLocalSpotify, type LocalSpotify } from "../../../local/spotify/server.js";
import { Refusal } from "../../src/errors.js";
import type { RefusalReason } from "../../src/contract/reasons.js";
import { spotifyGateway } from "../../src/spotify/gateway.js";
import type { SpotifyGateway } from "../../src/ports/spotifyGateway.js";
import { manualClock } from "../support/manualClock.js";

const clientId = "client";
const clientSecret = "the-client-secret";
const redirectUri = "ambient://callback";

describe("the Spotify gateway", () => {
  let spotify: LocalSpotify;
  let control: SpotifyControl;
  let clock: ReturnType<typeof manualClock>;
  let gateway: SpotifyGateway;

  before(async () => {
    spotify = await startLocalSpotify({
      clientId,
      clientSecret,
      redirectUris: [redirectUri],
      personas,
    });
    control = spotifyControl(spotify.url);
  });
  after(() => spotify.close());
  beforeEach(async () => {
    await control.faults.clear();
    await control.clearRequests();
    await control.resetClock();
    await control.setQuotaMode("development");
    clock = manualClock();
    gateway = gatewayTo();
  });

  const gatewayTo = (changes: { clientSecret?: string; accountsUrl?: string } = {}) =>
    spotifyGateway({
      clientId,
      clientSecret,
      accountsUrl: spotify.url,
      apiUrl: `${spotify.url}/v1`,
      clock,
      ...changes,
    });
  const inTenSeconds = () => clock.now() + 10_000;
  const authorize = async (persona = "creator-ada") => {
    const scopes = ["user-read-private", "user-read-email"];
    const codeVerifier = randomBytes(32).toString("base64url");
    const { code } = await control.authorize({
      persona,
      clientId,
      redirectUri,
      scopes,
      codeChallenge: codeChallengeOf(codeVerifier),
    });
    return { code, redirectUri, codeVerifier };
  };
  const grant = async (persona?: string) =>
    gateway.exchangeCode(await authorize(persona), inTenSeconds());
  const requestsTo = async (path: string) =>
    (await control.requests()).filter((request) => request.path === path).length;

  /** Checks the reason, and that no secret is in the error. */
  const refuses =
    (reason: RefusalReason, details: object = {}, ...secrets: string[]) =>
    (error: unknown): true => {
      assert.ok(error instanceof Refusal, String(error));
      assert.equal(error.reason, reason);
      assert.deepEqual(error.details, details);
      for (const secret of [clientSecret, ...secrets]) {
        assert.ok(!`${error.stack ?? ""}${JSON.stringify(error)}`.includes(secret));
      }
      return true;
    };

  describe("exchanging a code", () => {
    it("returns the grant", async () => {
      const granted = await grant();
      assert.ok(granted.accessToken && granted.refreshToken);
      assert.deepEqual(granted.scopes, ["user-read-private", "user-read-email"]);
      assert.equal(granted.expiresAt, clock.now() + 3_600_000);
    });

    it("refuses a used code", async () => {
      const request = await authorize();
      await gateway.exchangeCode(request, inTenSeconds());
      await assert.rejects(
        gateway.exchangeCode(request, inTenSeconds()),
        refuses("SPOTIFY_CODE_REJECTED", {}, request.code),
      );
    });

    it("refuses a code older than ten minutes", async () => {
      const request = await authorize();
      await control.advanceClock(601_000);
      await assert.rejects(
        gateway.exchangeCode(request, inTenSeconds()),
        refuses("SPOTIFY_CODE_REJECTED"),
      );
    });

    it("requires the matching PKCE verifier", async () => {
      const codeVerifier = randomBytes(32).toString("base64url");
      await assert.rejects(
        gateway.exchangeCode({ ...(await authorize()), codeVerifier }, inTenSeconds()),
        refuses("SPOTIFY_CODE_REJECTED"),
      );
      assert.ok((await gateway.exchangeCode(await authorize(), inTenSeconds())).accessToken);
    });

    it("sends the code only once when the answer is lost, because it may be used up", async () => {
      await control.faults.set({ match: "POST /api/token", times: 1, drop: true });
      await assert.rejects(
        gateway.exchangeCode(await authorize(), inTenSeconds()),
        refuses("SPOTIFY_UNAVAILABLE"),
      );
      assert.equal(await requestsTo("/api/token"), 1);
    });

    it("reports wrong client credentials as the deployer's mistake, not the user's", async () => {
      const misconfigured = gatewayTo({ clientSecret: "wrong-secret" });
      await assert.rejects(
        misconfigured.exchangeCode(await authorize(), inTenSeconds()),
        (error: Error) =>
          !(error instanceof Refusal) &&
          error.message.includes("SPOTIFY_CLIENT_SECRET") &&
          !error.message.includes("wrong-secret"),
      );
    });
  });

  describe("refreshing", () => {
    it("returns a new access token and Spotify's rotated refresh token", async () => {
      const granted = await grant();
      const refreshed = await gateway.refreshAccessToken(granted.refreshToken, inTenSeconds());
      assert.notEqual(refreshed.accessToken, granted.accessToken);
      assert.ok(refreshed.refreshToken && refreshed.refreshToken !== granted.refreshToken);
    });

    it("reports a revoked grant", async () => {
      const granted = await grant("creator-ben");
      await control.revoke("creator-ben");
      await assert.rejects(
        gateway.refreshAccessToken(granted.refreshToken, inTenSeconds()),
        refuses("SPOTIFY_RELINK_REQUIRED", {}, granted.refreshToken),
      );
    });

    it("reports an expired grant six months after the authorisation", async () => {
      const granted = await grant("creator-cleo");
      await control.expire("creator-cleo", "refresh");
      await assert.rejects(
        gateway.refreshAccessToken(granted.refreshToken, inTenSeconds()),
        refuses("SPOTIFY_RELINK_REQUIRED"),
      );
    });
  });

  describe("the profile", () => {
    it("includes account_id in development mode, but no email, country or product", async () => {
      const profile = await gateway.getProfile((await grant()).accessToken, inTenSeconds());
      assert.ok(profile.account_id);
      assert.deepEqual(
        [profile.email, profile.country, profile.product],
        [undefined, undefined, undefined],
      );
    });

    it("includes these in extended quota mode", async () => {
      await control.setQuotaMode("extended");
      const profile = await gateway.getProfile((await grant()).accessToken, inTenSeconds());
      assert.ok(profile.account_id && profile.email && profile.country && profile.product);
    });
  });

  describe("with Spotify's failures", () => {
    it("does not repeat a code after a proxy's timeout, because it may be used up", async () => {
      await control.faults.set({ match: "/api/token", times: 1, status: 504, after: true });
      await assert.rejects(
        gateway.exchangeCode(await authorize(), inTenSeconds()),
        refuses("SPOTIFY_UNAVAILABLE"),
      );
      assert.equal(await requestsTo("/api/token"), 1);
    });

    for (const [what, body] of [
      ["null", "null"],
      ["a list", "[]"],
      ["an object of another shape", '{"hello":"world"}'],
    ] as const) {
      it(`does not accept ${what} as a grant`, async () => {
        const headers = { "content-type": "application/json" };
        await control.faults.set({ match: "/api/token", times: 1, status: 200, headers, body });
        await assert.rejects(
          gateway.exchangeCode(await authorize(), inTenSeconds()),
          refuses("SPOTIFY_UNAVAILABLE"),
        );
      });
    }

    it("reports an unreachable server", async () => {
      const lost = gatewayTo({ accountsUrl: "http://127.0.0.1:1" });
      await assert.rejects(
        lost.exchangeCode(await authorize(), inTenSeconds()),
        refuses("SPOTIFY_UNAVAILABLE"),
      );
    });
  });

  it("does not mix up twenty simultaneous calls", async () => {
    const grants = await Promise.all(personas.slice(0, 5).map(({ id }) => grant(id)));
    const profiles = await Promise.all(
      grants.flatMap(({ accessToken }) =>
        Array.from({ length: 4 }, () => gateway.getProfile(accessToken, inTenSeconds())),
      ),
    );
    assert.deepEqual(
      profiles.map((profile) => profile.account_id),
      personas.slice(0, 5).flatMap(({ accountId }) => Array.from({ length: 4 }, () => accountId)),
    );
  });
});
