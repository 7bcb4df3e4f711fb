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

  it("takes the client's id and secret from a Basic header", async () => {
    assert.equal((await harness().token(await form(), basic)).status, 200);
  });

  it("takes them from the body", async () => {
    const inBody = { client_id: clientId, client_secret: clientSecret };
    assert.equal((await harness().token(await form(inBody), null)).status, 200);
  });

  it("refuses a wrong secret, in the header and in the body", async () => {
    const wrong = `Basic ${Buffer.from(`${clientId}:wrong`).toString("base64")}`;
    const inBody = await form({ client_id: clientId, client_secret: "wrong" });
    for (const reply of [
      await harness().token(await form(), wrong),
      await harness().token(inBody, null),
    ]) {
      assertOAuthError(reply, "invalid_client", "Invalid client secret");
    }
  });

  it("refuses a client it does not know, and who names none", async () => {
    const stranger = `Basic ${Buffer.from(`someone:${clientSecret}`).toString("base64")}`;
    for (const header of [stranger, "Basic ???", "Basic bm9jb2xvbg==", "Bearer x", null]) {
      const reply = await harness().token(await form(), header);
      assertOAuthError(reply, "invalid_client", "Invalid client");
    }
    const twoNames = await harness().token(await form({ client_id: "someone" }));
    assertOAuthError(twoNames, "invalid_client", "Invalid client");
  });

  it("refuses a client without a secret whose code began without a challenge", async () => {
    const reply = await harness().token(await form({ client_id: clientId }), null);
    assertOAuthError(reply, "invalid_client", "Invalid client secret");
  });
});

describe("POST /api/token: grant types", () => {
  const harness = useSpotifyHarness();

  it("misses grant_type when it is not in a form", async () => {
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

  it("refuses others", async () => {
    const { status, body } = await harness().token({ grant_type: "password" });
    assert.equal(status, 400);
    assert.equal(body.error, "unsupported_grant_type");
  });

  it("takes no GET", async () => {
    assert.equal((await fetch(`${harness().url}/api/token`)).status, 405);
  });
});

describe("POST /api/token: authorization_code", () => {
  const harness = useSpotifyHarness();

  it("gives an access token and a refresh token", async () => {
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

  it("takes a code once, and the first use stays valid", async () => {
    const code = await harness().code();
    const { body } = await harness().exchange(code);
    assertOAuthError(await harness().exchange(code), "invalid_grant", "Invalid authorization code");
    assert.equal((await harness().me(tokens(body).accessToken)).status, 200);
  });

  it("lets only one of two simultaneous uses through", async () => {
    const code = await harness().code();
    const replies = await Promise.all([harness().exchange(code), harness().exchange(code)]);
    assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 400]);
  });

  it("refuses a code it never gave, and misses one left out", async () => {
    const reply = await harness().exchange("AQnonsense");
    assertOAuthError(reply, "invalid_grant", "Invalid authorization code");
    const none = await harness().token({ grant_type: "authorization_code" });
    assertOAuthError(none, "invalid_request", "code must be supplied");
  });

  it("lets a code live for ten minutes", async () => {
    const early = await harness().code();
    await harness().control.advanceClock(9 * minutes);
    assert.equal((await harness().exchange(early)).status, 200);
    const late = await harness().code();
    await harness().control.advanceClock(10 * minutes);
    assertOAuthError(await harness().exchange(late), "invalid_grant", "Authorization code expired");
  });

  it("binds a code to its redirect URI; a failed try does not use it up", async () => {
    const code = await harness().code();
    for (const wrong of [appRedirectUri, `${redirectUri}/`, ""]) {
      const reply = await harness().exchange(code, { redirect_uri: wrong });
      assertOAuthError(reply, "invalid_grant", "Invalid redirect URI");
    }
    assert.equal((await harness().exchange(code)).status, 200);
  });

  it("gives nothing for the code of a persona who revoked in between", async () => {
    const code = await harness().code("listener-eve");
    await harness().control.revoke("listener-eve");
    assertOAuthError(await harness().exchange(code), "invalid_grant", "Invalid authorization code");
  });
});

describe("POST /api/token: PKCE", () => {
  const harness = useSpotifyHarness();
  const begin = () => harness().code("listener-dan", { codeChallenge });

  it("computes challenges as RFC 7636 does in its appendix B", () => {
    const challenge = codeChallengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    assert.equal(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  });

  it("takes the verifier of the challenge", async () => {
    const { status } = await harness().exchange(await begin(), { code_verifier: verifier });
    assert.equal(status, 200);
  });

  it("refuses another verifier, although the secret is right", async () => {
    const reply = await harness().exchange(await begin(), { code_verifier: `${verifier}x` });
    assertOAuthError(reply, "invalid_grant", "code_verifier was incorrect");
  });

  it("refuses the challenge itself as verifier", async () => {
    const reply = await harness().exchange(await begin(), { code_verifier: codeChallenge });
    assertOAuthError(reply, "invalid_grant", "code_verifier was incorrect");
  });

  it("refuses a verifier of the wrong form", async () => {
    for (const wrong of ["short", `${verifier} `, "v".repeat(129)]) {
      const reply = await harness().exchange(await begin(), { code_verifier: wrong });
      assertOAuthError(reply, "invalid_grant", "code_verifier was invalid");
    }
  });

  it("misses a verifier left out, although the secret is right", async () => {
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

  it("asks for the secret on the refresh of a grant that began with it", async () => {
    const { body } = await harness().exchange(await begin(), { code_verifier: verifier });
    const { refreshToken } = tokens(body);
    const form = { client_id: clientId, grant_type: "refresh_token", refresh_token: refreshToken };
    const reply = await harness().token(form, null);
    assertOAuthError(reply, "invalid_client", "Invalid client secret");
  });
});
