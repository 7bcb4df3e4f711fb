import assert from "node:assert/strict";

import {
  clientId,
  clientSecret,
  codeChallenge,
  redirectUri,
  useSpotifyHarness,
  verifier,
} from "./support.js";

describe("control: the request log", () => {
  const harness = useSpotifyHarness();

  it("contains users, requests and outcomes", async () => {
    const { accessToken, refreshToken } = await harness().signIn("creator-ada");
    await harness().me(accessToken);
    await harness().refresh(refreshToken);
    await harness().refresh(refreshToken);
    await fetch(`${harness().url}/v1/nothing?secret=1`);
    const log = await harness().control.requests();
    assert.deepEqual(
      log.map((entry) => ({ ...entry, at: 0 })),
      [
        { at: 0, method: "GET", path: "/authorize", status: 302, persona: "creator-ada" },
        {
          at: 0,
          method: "POST",
          path: "/api/token",
          status: 200,
          persona: "creator-ada",
          grantType: "authorization_code",
        },
        { at: 0, method: "GET", path: "/v1/me", status: 200, persona: "creator-ada" },
        {
          at: 0,
          method: "POST",
          path: "/api/token",
          status: 200,
          persona: "creator-ada",
          grantType: "refresh_token",
        },
        {
          at: 0,
          method: "POST",
          path: "/api/token",
          status: 400,
          persona: "creator-ada",
          grantType: "refresh_token",
        },
        { at: 0, method: "GET", path: "/v1/nothing", status: 404 },
      ],
    );
    const now = Date.now();
    assert(log.every(({ at }) => at <= now && at > now - 60_000));
  });

  it("contains no code, token, secret, verifier or query", async () => {
    const code = await harness().code("listener-dan", { codeChallenge });
    const { body } = await harness().token(
      {
        client_id: clientId,
        client_secret: clientSecret,
        grant_type: "authorization_code",
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      },
      null,
    );
    const { access_token, refresh_token } = body;
    assert(typeof access_token === "string" && typeof refresh_token === "string");
    await harness().me(access_token);
    await harness().refresh(refresh_token);
    await harness().token({ grant_type: refresh_token });
    const { text } = await harness().raw("GET", "requests");
    for (const secret of [code, access_token, refresh_token, clientSecret, verifier, "?"]) {
      assert.equal(text.includes(secret), false);
    }
  });

  it("contains the persona and status of a request that a fault answered", async () => {
    const { accessToken } = await harness().signIn("listener-fay");
    await harness().control.clearRequests();
    await harness().control.faults.set({ match: "/v1/me", times: 1, status: 503 });
    await harness().me(accessToken);
    await harness().control.faults.set({ match: "/v1/me", times: 1, drop: true });
    await assert.rejects(harness().me(accessToken));
    const log = await harness().control.requests();
    assert.deepEqual(
      log.map(({ persona, status }) => [persona, status]),
      [
        ["listener-fay", 503],
        ["listener-fay", null],
      ],
    );
  });

  it("can be cleared, and never contains control requests", async () => {
    await harness().signIn();
    await harness().control.clearRequests();
    assert.deepEqual(await harness().control.requests(), []);
  });
});

describe("control: the clock", () => {
  const harness = useSpotifyHarness();

  it("can be advanced repeatedly and reset", async () => {
    const { accessToken } = await harness().signIn();
    await harness().control.advanceClock(1_800_000);
    assert.equal((await harness().me(accessToken)).status, 200);
    await harness().control.advanceClock(1_800_000);
    assert.equal((await harness().me(accessToken)).status, 401);
    await harness().control.resetClock();
    assert.equal((await harness().me(accessToken)).status, 200);
  });
});

describe("control: personas and mode", () => {
  const harness = useSpotifyHarness();

  it("adds a persona, who can then sign in", async () => {
    await harness().control.changePersona({ id: "listener-ivy", displayName: "Ivy" });
    const { accessToken } = await harness().signIn("listener-ivy");
    assert.match(await (await harness().me(accessToken)).text(), /"account_id":"[\w]{22}".*"Ivy"/);
  });

  it("changes only the given fields", async () => {
    await harness().control.changePersona({ id: "creator-ada", product: "free" });
    await harness().control.changePersona({ id: "creator-ada", imageUrl: null });
    const { text } = await harness().raw("POST", "personas", JSON.stringify({ id: "creator-ada" }));
    assert.match(text, /"product":"free"/);
    assert.match(text, /"imageUrl":null/);
    assert.match(text, /"displayName":"Ada Okafor"/);
  });

  it("does not change the list that the server was started with", async () => {
    const { personas } = await import("../../spotify/personas.js");
    await harness().control.changePersona({ id: "creator-ada", displayName: "Someone" });
    assert.equal(personas.find(({ id }) => id === "creator-ada")?.displayName, "Ada Okafor");
  });
});

describe("control: bad input", () => {
  const harness = useSpotifyHarness();

  it("is refused with the field", async () => {
    const wrong: [string, string, unknown][] = [
      ["expire", "persona", {}],
      ["expire", "persona", { persona: "nobody" }],
      ["expire", "what", { persona: "creator-ada", what: "all" }],
      ["revoke", "persona", { persona: 7 }],
      ["revoke", "why", { persona: "creator-ada", why: "because" }],
      ["clock", "advanceMs", {}],
      ["clock", "advanceMs", { advanceMs: -1 }],
      ["clock", "advanceMs", { advanceMs: 1e15 }],
      ["personas", "id", { displayName: "No id" }],
      ["personas", "id", { id: "With Spaces" }],
      ["personas", "product", { id: "creator-ada", product: "gold" }],
      ["personas", "spotifyId", { id: "creator-ada", spotifyId: null }],
      ["personas", "spotifyId", { id: "creator-ada", spotifyId: "gus.van" }],
      ["personas", "accountId", { id: "creator-ada", accountId: "5rVk3YbJd8OxNi1GwZa7Te" }],
      ["personas", "allowed", { id: "creator-ada", allowed: "yes" }],
      ["personas", "colour", { id: "creator-ada", colour: "red" }],
      ["mode", "quotaMode", {}],
      ["mode", "quotaMode", { quotaMode: "unlimited" }],
      ["mode", "rotateRefreshTokens", { rotateRefreshTokens: 1 }],
    ];
    for (const [operation, field, body] of wrong) {
      const { status, text } = await harness().raw("POST", operation, JSON.stringify(body));
      assert.equal(status, 400, `${operation} ${JSON.stringify(body)}: ${text}`);
      assert.match(text, new RegExp(`"field":"${field}"`));
    }
  });

  it("is refused if it is not JSON", async () => {
    for (const body of ["", "{", "\u0000"]) {
      const { status, text } = await harness().raw("POST", "clock", body);
      assert.equal(status, 400);
      assert.match(text, /"field":"body"/);
    }
  });

  it("answers 404 for an unknown operation, which the client rejects", async () => {
    assert.equal((await harness().raw("POST", "nothing", "{}")).status, 404);
    assert.equal((await harness().raw("PUT", "faults", "{}")).status, 404);
    await assert.rejects(harness().control.revoke("nobody"), /400.*"persona"/);
  });
});

describe("control: sign-in of a persona", () => {
  const harness = useSpotifyHarness();
  const authorization = { persona: "creator-ada", redirectUri, clientId };

  it("returns the code and the state", async () => {
    const { code, state } = await harness().control.authorize({ ...authorization, state: "s" });
    assert.equal(state, "s");
    assert.equal((await harness().exchange(code)).status, 200);
  });

  it("rejects with Spotify's message", async () => {
    const elsewhere = { ...authorization, redirectUri: "https://elsewhere.example/" };
    await assert.rejects(harness().control.authorize(elsewhere), /Invalid redirect URI/);
    const broken = { ...authorization, codeChallenge: "short" };
    await assert.rejects(harness().control.authorize(broken), /invalid_request/);
  });
});
