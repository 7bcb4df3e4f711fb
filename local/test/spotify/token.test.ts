import assert from "node:assert/strict";

import {
  appRedirectUri,
  assertOAuthError,
  basic,
  clientId,
  clientSecret,
  codeChallenge,
  redirectUri,
  tokens,
  useBench,
  verifier,
} from "./support.js";

const minutes = 60_000;

describe("POST /api/token: client authentication", () => {
  const bench = useBench();

  async function form(extra: Record<string, string> = {}) {
    const code = await bench().code();
    return { grant_type: "authorization_code", code, redirect_uri: redirectUri, ...extra };
  }

  it("takes the client's id and secret from a Basic header", async () => {
    assert.equal((await bench().token(await form(), basic)).status, 200);
  });

  it("takes them from the body", async () => {
    const inBody = { client_id: clientId, client_secret: clientSecret };
    assert.equal((await bench().token(await form(inBody), null)).status, 200);
  });

  it("refuses a wrong secret, in the header and in the body", async () => {
    const wrong = `Basic ${Buffer.from(`${clientId}:wrong`).toString("base64")}`;
    const inBody = await form({ client_id: clientId, client_secret: "wrong" });
    for (const reply of [
      await bench().token(await form(), wrong),
      await bench().token(inBody, null),
    ]) {
      assertOAuthError(reply, "invalid_client", "Invalid client secret");
    }
  });

  it("refuses a client it does not know, and who names none", async () => {
    const stranger = `Basic ${Buffer.from(`someone:${clientSecret}`).toString("base64")}`;
    for (const header of [stranger, "Basic ???", "Basic bm9jb2xvbg==", "Bearer x", null]) {
      const reply = await bench().token(await form(), header);
      assertOAuthError(reply, "invalid_client", "Invalid client");
    }
    const twoNames = await bench().token(await form({ client_id: "someone" }));
    assertOAuthError(twoNames, "invalid_client", "Invalid client");
  });

  it("refuses a client without a secret whose code began without a challenge", async () => {
    const reply = await bench().token(await form({ client_id: clientId }), null);
    assertOAuthError(reply, "invalid_client", "Invalid client secret");
  });
});

describe("POST /api/token: grant types", () => {
  const bench = useBench();

  it("misses grant_type when it is not in a form", async () => {
    const words = "grant_type parameter is missing";
    assertOAuthError(await bench().token({}), "unsupported_grant_type", words);
    const response = await fetch(`${bench().url}/api/token`, {
      method: "POST",
      headers: { "authorization": basic, "content-type": "application/json" },
      body: JSON.stringify({ grant_type: "refresh_token" }),
    });
    assert.equal(response.status, 400);
    assert.match(await response.text(), /grant_type parameter is missing/);
  });

  it("refuses others", async () => {
    const { status, body } = await bench().token({ grant_type: "password" });
    assert.equal(status, 400);
    assert.equal(body.error, "unsupported_grant_type");
  });

  it("takes no GET", async () => {
    assert.equal((await fetch(`${bench().url}/api/token`)).status, 405);
  });
});

describe("POST /api/token: authorization_code", () => {
  const bench = useBench();

  it("gives an access token and a refresh token", async () => {
    const scopes = ["user-read-email", "streaming"];
    const { status, headers, body } = await bench().exchange(
      await bench().code("creator-ada", { scopes }),
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
    const code = await bench().code();
    const { body } = await bench().exchange(code);
    assertOAuthError(await bench().exchange(code), "invalid_grant", "Invalid authorization code");
    assert.equal((await bench().me(tokens(body).accessToken)).status, 200);
  });

  it("lets only one of two simultaneous uses through", async () => {
    const code = await bench().code();
    const replies = await Promise.all([bench().exchange(code), bench().exchange(code)]);
    assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 400]);
  });

  it("refuses a code it never gave, and misses one left out", async () => {
    const reply = await bench().exchange("AQnonsense");
    assertOAuthError(reply, "invalid_grant", "Invalid authorization code");
    const none = await bench().token({ grant_type: "authorization_code" });
    assertOAuthError(none, "invalid_request", "code must be supplied");
  });

  it("lets a code live for ten minutes", async () => {
    const early = await bench().code();
    await bench().control.advanceClock(9 * minutes);
    assert.equal((await bench().exchange(early)).status, 200);
    const late = await bench().code();
    await bench().control.advanceClock(10 * minutes);
    assertOAuthError(await bench().exchange(late), "invalid_grant", "Authorization code expired");
  });

  it("binds a code to its redirect URI; a failed try does not use it up", async () => {
    const code = await bench().code();
    for (const wrong of [appRedirectUri, `${redirectUri}/`, ""]) {
      const reply = await bench().exchange(code, { redirect_uri: wrong });
      assertOAuthError(reply, "invalid_grant", "Invalid redirect URI");
    }
    assert.equal((await bench().exchange(code)).status, 200);
  });

  it("gives nothing for the code of a persona who revoked in between", async () => {
    const code = await bench().code("listener-eve");
    await bench().control.revoke("listener-eve");
    assertOAuthError(await bench().exchange(code), "invalid_grant", "Invalid authorization code");
  });
});

describe("POST /api/token: PKCE", () => {
  const bench = useBench();
  const begin = () => bench().code("listener-dan", { codeChallenge });

  it("takes the verifier of the challenge", async () => {
    const { status } = await bench().exchange(await begin(), { code_verifier: verifier });
    assert.equal(status, 200);
  });

  it("refuses another verifier, although the secret is right", async () => {
    const reply = await bench().exchange(await begin(), { code_verifier: `${verifier}x` });
    assertOAuthError(reply, "invalid_grant", "code_verifier was incorrect");
  });

  it("refuses the challenge itself as verifier", async () => {
    const reply = await bench().exchange(await begin(), { code_verifier: codeChallenge });
    assertOAuthError(reply, "invalid_grant", "code_verifier was incorrect");
  });

  it("refuses a verifier of the wrong form", async () => {
    for (const wrong of ["short", `${verifier} `, "v".repeat(129)]) {
      const reply = await bench().exchange(await begin(), { code_verifier: wrong });
      assertOAuthError(reply, "invalid_grant", "code_verifier was invalid");
    }
  });

  it("misses a verifier left out, although the secret is right", async () => {
    const reply = await bench().exchange(await begin());
    assertOAuthError(reply, "invalid_request", "code_verifier required");
  });

  it("refuses a verifier for a code without a challenge", async () => {
    const reply = await bench().exchange(await bench().code(), { code_verifier: verifier });
    assertOAuthError(reply, "invalid_grant", "code_verifier was incorrect");
  });

  it("serves a client without a secret, which may then refresh without one", async () => {
    const code = await begin();
    const id = { client_id: clientId };
    const exchanged = await bench().token(
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
    assert.equal((await bench().token(refresh, null)).status, 200);
  });

  it("asks for the secret on the refresh of a grant that began with it", async () => {
    const { body } = await bench().exchange(await begin(), { code_verifier: verifier });
    const { refreshToken } = tokens(body);
    const form = { client_id: clientId, grant_type: "refresh_token", refresh_token: refreshToken };
    const reply = await bench().token(form, null);
    assertOAuthError(reply, "invalid_client", "Invalid client secret");
  });
});
