import assert from "node:assert/strict";

import { codeChallengeOf } from "../../spotify/accounts/pkce.js";
import {
  appRedirectUri,
  assertOAuthError,
  basic,
  clientId,
  clientSecret,
  codeChallenge,
  redirectUri,
  tokens,
  useSpotifyHarness,
  verifier,
} from "./support.js";

const minutes = 60_000;

describe("POST /api/token: client authentication", () => {
  const harness = useSpotifyHarness();

  async function form(extra: Record<string, string> = {}) {
    const code = await harness().code();
    return { grant_type: "authorization_code", code, redirect_uri: redirectUri, ...extra };
  }

  it("accepts the client's id and secret from a Basic header", async () => {
    assert.equal((await harness().token(await form(), basic)).status, 200);
  });

  it("accepts them from the body", async () => {
    const inBody = { client_id: clientId, client_secret: clientSecret };
    assert.equal((await harness().token(await form(inBody), null)).status, 200);
  });

  it("refuses a wrong secret in the header or the body", async () => {
    const wrong = `Basic ${Buffer.from(`${clientId}:wrong`).toString("base64")}`;
    const inBody = await form({ client_id: clientId, client_secret: "wrong" });
    for (const reply of [
      await harness().token(await form(), wrong),
      await harness().token(inBody, null),
    ]) {
      assertOAuthError(reply, "invalid_client", "Invalid client secret");
    }
  });

  it("refuses an unknown client, and a request without one", async () => {
    const stranger = `Basic ${Buffer.from(`someone:${clientSecret}`).toString("base64")}`;
    for (const header of [stranger, "Basic ???", "Basic bm9jb2xvbg==", "Bearer x", null]) {
      const reply = await harness().token(await form(), header);
      assertOAuthError(reply, "invalid_client", "Invalid client");
    }
    const twoNames = await harness().token(await form({ client_id: "someone" }));
    assertOAuthError(twoNames, "invalid_client", "Invalid client");
  });

  it("refuses a client without a secret for a code without a challenge", async () => {
    const reply = await harness().token(await form({ client_id: clientId }), null);
    assertOAuthError(reply, "invalid_client", "Invalid client secret");
  });
});

describe("POST /api/token: grant types", () => {
  const harness = useSpotifyHarness();

  it("reports a missing grant_type if the body is not a form", async () => {
    const words = "grant_type parameter is missing";
    assertOAuthError(await harness().token({}), "unsupported_grant_type", words);
    const response = await fetch(`${harness().url}/api/token`, {
      method: "POST",
      headers: { "authorization": basic, "content-type": "application/json" },
      body: JSON.stringify({ grant_type: "refresh_token" }),
    });
    assert.equal(response.status, 400);
    assert.match(await response.text(), /grant_type parameter is missing/);
  });

  it("refuses other grant types", async () => {
    const { status, body } = await harness().token({ grant_type: "password" });
    assert.equal(status, 400);
    assert.equal(body.error, "unsupported_grant_type");
  });

  it("refuses GET", async () => {
    assert.equal((await fetch(`${harness().url}/api/token`)).status, 405);
  });
});

describe("POST /api/token: authorization_code", () => {
  const harness = useSpotifyHarness();

  it("returns an access token and a refresh token", async () => {
    const scopes = ["user-read-email", "streaming"];
    const { status, headers, body } = await harness().exchange(
      await harness().code("creator-ada", { scopes }),
    );
    assert.equal(status, 200);
    assert.equal(headers.get("cache-control"), "no-store");
    const { access_token, refresh_token, ...rest } = body;
    assert(typeof access_token === "string" && typeof refresh_token === "string");
    assert.notEqual(access_token, refresh_token);
    assert.deepEqual(rest, {
      token_type: "Bearer",
      expires_in: 3600,
      scope: "user-read-email streaming",
    });
  });

  it("accepts a code once, and a second attempt does not revoke the first", async () => {
    const code = await harness().code();
    const { body } = await harness().exchange(code);
    assertOAuthError(await harness().exchange(code), "invalid_grant", "Invalid authorization code");
    assert.equal((await harness().me(tokens(body).accessToken)).status, 200);
  });

  it("lets only one of two simultaneous exchanges succeed", async () => {
    const code = await harness().code();
    const replies = await Promise.all([harness().exchange(code), harness().exchange(code)]);
    assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 400]);
  });

  it("refuses an unknown code and reports a missing one", async () => {
    const reply = await harness().exchange("AQnonsense");
    assertOAuthError(reply, "invalid_grant", "Invalid authorization code");
    const none = await harness().token({ grant_type: "authorization_code" });
    assertOAuthError(none, "invalid_request", "code must be supplied");
  });

  it("accepts a code for ten minutes", async () => {
    const early = await harness().code();
    await harness().control.advanceClock(9 * minutes);
    assert.equal((await harness().exchange(early)).status, 200);
    const late = await harness().code();
    await harness().control.advanceClock(10 * minutes);
    assertOAuthError(await harness().exchange(late), "invalid_grant", "Authorization code expired");
  });

  it("binds a code to its redirect URI, and a failed attempt does not use it up", async () => {
    const code = await harness().code();
    for (const wrong of [appRedirectUri, `${redirectUri}/`, ""]) {
      const reply = await harness().exchange(code, { redirect_uri: wrong });
      assertOAuthError(reply, "invalid_grant", "Invalid redirect URI");
    }
    assert.equal((await harness().exchange(code)).status, 200);
  });

  it("refuses a code whose persona revoked the grant in the meantime", async () => {
    const code = await harness().code("listener-eve");
    await harness().control.revoke("listener-eve");
    assertOAuthError(await harness().exchange(code), "invalid_grant", "Invalid authorization code");
  });
});

describe("POST /api/token: PKCE", () => {
  const harness = useSpotifyHarness();
  const begin = () => harness().code("listener-dan", { codeChallenge });

  it("computes challenges as in RFC 7636, appendix B", () => {
    const challenge = codeChallengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    assert.equal(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  });

  it("accepts the challenge's verifier", async () => {
    const { status } = await harness().exchange(await begin(), { code_verifier: verifier });
    assert.equal(status, 200);
  });

  it("refuses another verifier even with the right secret", async () => {
    const reply = await harness().exchange(await begin(), { code_verifier: `${verifier}x` });
    assertOAuthError(reply, "invalid_grant", "code_verifier was incorrect");
  });

  it("refuses the challenge itself as the verifier", async () => {
    const reply = await harness().exchange(await begin(), { code_verifier: codeChallenge });
    assertOAuthError(reply, "invalid_grant", "code_verifier was incorrect");
  });

  it("refuses a malformed verifier", async () => {
    for (const wrong of ["short", `${verifier} `, "v".repeat(129)]) {
      const reply = await harness().exchange(await begin(), { code_verifier: wrong });
      assertOAuthError(reply, "invalid_grant", "code_verifier was invalid");
    }
  });

  it("reports a missing verifier even with the right secret", async () => {
    const reply = await harness().exchange(await begin());
    assertOAuthError(reply, "invalid_request", "code_verifier required");
  });

  it("refuses a verifier for a code without a challenge", async () => {
    const reply = await harness().exchange(await harness().code(), { code_verifier: verifier });
    assertOAuthError(reply, "invalid_grant", "code_verifier was incorrect");
  });

  it("serves a client without a secret, which may then refresh without one", async () => {
    const code = await begin();
    const id = { client_id: clientId };
    const exchanged = await harness().token(
      {
        ...id,
        grant_type: "authorization_code",
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      },
      null,
    );
    assert.equal(exchanged.status, 200);
    const { refreshToken } = tokens(exchanged.body);
    const refresh = { ...id, grant_type: "refresh_token", refresh_token: refreshToken };
    assert.equal((await harness().token(refresh, null)).status, 200);
  });

  it("requires the secret to refresh a grant that was issued with it", async () => {
    const { body } = await harness().exchange(await begin(), { code_verifier: verifier });
    const { refreshToken } = tokens(body);
    const form = { client_id: clientId, grant_type: "refresh_token", refresh_token: refreshToken };
    const reply = await harness().token(form, null);
    assertOAuthError(reply, "invalid_client", "Invalid client secret");
  });
});
