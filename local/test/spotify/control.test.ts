import assert from "node:assert/strict";

import {
  clientId,
  clientSecret,
  codeChallenge,
  redirectUri,
  useBench,
  verifier,
} from "./support.js";

describe("control: the request log", () => {
  const bench = useBench();

  it("says who asked for what and how it ended", async () => {
    const { accessToken, refreshToken } = await bench().signIn("creator-ada");
    await bench().me(accessToken);
    await bench().refresh(refreshToken);
    await bench().refresh(refreshToken);
    await fetch(`${bench().url}/v1/nothing?secret=1`);
    const log = await bench().control.requests();
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

  it("holds no code, token, secret, verifier or query", async () => {
    const code = await bench().code("listener-dan", { codeChallenge });
    const { body } = await bench().token(
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
    await bench().me(access_token);
    await bench().refresh(refresh_token);
    await bench().token({ grant_type: refresh_token });
    const { text } = await bench().raw("GET", "requests");
    for (const secret of [code, access_token, refresh_token, clientSecret, verifier, "?"]) {
      assert.equal(text.includes(secret), false);
    }
  });

  it("knows the persona of a request that a fault answered, and its status", async () => {
    const { accessToken } = await bench().signIn("listener-fay");
    await bench().control.clearRequests();
    await bench().control.faults.set({ match: "/v1/me", times: 1, status: 503 });
    await bench().me(accessToken);
    await bench().control.faults.set({ match: "/v1/me", times: 1, drop: true });
    await assert.rejects(bench().me(accessToken));
    const log = await bench().control.requests();
    assert.deepEqual(
      log.map(({ persona, status }) => [persona, status]),
      [
        ["listener-fay", 503],
        ["listener-fay", null],
      ],
    );
  });

  it("is cleared, and never holds control requests", async () => {
    await bench().signIn();
    await bench().control.clearRequests();
    assert.deepEqual(await bench().control.requests(), []);
  });
});

describe("control: the clock", () => {
  const bench = useBench();

  it("adds up and comes back to real time", async () => {
    const { accessToken } = await bench().signIn();
    await bench().control.advanceClock(1_800_000);
    assert.equal((await bench().me(accessToken)).status, 200);
    await bench().control.advanceClock(1_800_000);
    assert.equal((await bench().me(accessToken)).status, 401);
    await bench().control.resetClock();
    assert.equal((await bench().me(accessToken)).status, 200);
  });
});

describe("control: personas and mode", () => {
  const bench = useBench();

  it("adds a persona, who can then sign in", async () => {
    await bench().control.changePersona({ id: "listener-ivy", displayName: "Ivy" });
    const { accessToken } = await bench().signIn("listener-ivy");
    assert.match(await (await bench().me(accessToken)).text(), /"account_id":"[\w]{22}".*"Ivy"/);
  });

  it("changes only what was named", async () => {
    await bench().control.changePersona({ id: "creator-ada", product: "free" });
    await bench().control.changePersona({ id: "creator-ada", imageUrl: null });
    const { text } = await bench().raw("POST", "personas", JSON.stringify({ id: "creator-ada" }));
    assert.match(text, /"product":"free"/);
    assert.match(text, /"imageUrl":null/);
    assert.match(text, /"displayName":"Ada Okafor"/);
  });

  it("does not touch the list that the server was started with", async () => {
    const { personas } = await import("../../spotify/personas.js");
    await bench().control.changePersona({ id: "creator-ada", displayName: "Someone" });
    assert.equal(personas.find(({ id }) => id === "creator-ada")?.displayName, "Ada Okafor");
  });
});

describe("control: bad input", () => {
  const bench = useBench();

  it("is refused, naming the field", async () => {
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
      const { status, text } = await bench().raw("POST", operation, JSON.stringify(body));
      assert.equal(status, 400, `${operation} ${JSON.stringify(body)}: ${text}`);
      assert.match(text, new RegExp(`"field":"${field}"`));
    }
  });

  it("that is no JSON is refused", async () => {
    for (const body of ["", "{", "\u0000"]) {
      const { status, text } = await bench().raw("POST", "clock", body);
      assert.equal(status, 400);
      assert.match(text, /"field":"body"/);
    }
  });

  it("for an unknown operation is a 404, and the client rejects", async () => {
    assert.equal((await bench().raw("POST", "nothing", "{}")).status, 404);
    assert.equal((await bench().raw("PUT", "faults", "{}")).status, 404);
    await assert.rejects(bench().control.revoke("nobody"), /400.*"persona"/);
  });
});

describe("control: authorize", () => {
  const bench = useBench();
  const authorization = { persona: "creator-ada", redirectUri, clientId };

  it("gives the code and the state", async () => {
    const { code, state } = await bench().control.authorize({ ...authorization, state: "s" });
    assert.equal(state, "s");
    assert.equal((await bench().exchange(code)).status, 200);
  });

  it("rejects in Spotify's words", async () => {
    const elsewhere = { ...authorization, redirectUri: "https://elsewhere.example/" };
    await assert.rejects(bench().control.authorize(elsewhere), /Invalid redirect URI/);
    const broken = { ...authorization, codeChallenge: "short" };
    await assert.rejects(bench().control.authorize(broken), /invalid_request/);
  });
});
