import assert from "node:assert/strict";

import { basic, object, useSpotifyHarness } from "../spotify/support.js";

describe("faults", () => {
  const harness = useSpotifyHarness();
  const get = (path = "/v1/me") => fetch(harness().url + path);

  it("replace the answers of the next matching requests, and then stop", async () => {
    await harness().control.faults.set({
      match: "GET /v1/me",
      times: 2,
      status: 429,
      headers: { "Retry-After": "7" },
      body: { error: { status: 429, message: "API rate limit exceeded" } },
    });
    for (const response of [await get(), await get()]) {
      assert.equal(response.status, 429);
      assert.equal(response.headers.get("retry-after"), "7");
      assert.match(response.headers.get("content-type") ?? "", /json/);
      const error = { status: 429, message: "API rate limit exceeded" };
      assert.deepEqual(await object(response), { error });
    }
    assert.equal((await get()).status, 401);
  });

  it("accept numbers as header values", async () => {
    const fault = { match: "/v1/me", times: 1, status: 429, headers: { "Retry-After": 3 } };
    await harness().control.faults.set(fault);
    assert.equal((await get()).headers.get("retry-after"), "3");
  });

  it("can omit Retry-After", async () => {
    await harness().control.faults.set({ match: "/v1/me", times: 1, status: 429 });
    const response = await get();
    assert.equal(response.status, 429);
    assert.equal(response.headers.get("retry-after"), null);
    assert.equal(await response.text(), "");
  });

  it("do not affect other paths and methods", async () => {
    await harness().control.faults.set({ match: "POST /v1/me", times: 1, status: 500 });
    assert.equal((await get()).status, 401);
    assert.equal((await get("/v1/nothing")).status, 404);
  });

  it("do not match the query", async () => {
    await harness().control.faults.set({ match: "secret", times: 1, status: 500 });
    assert.equal((await get("/v1/me?q=secret")).status, 401);
  });

  it("apply one after the other in the order in which they were set", async () => {
    await harness().control.faults.set({ match: "/v1/me", times: 1, status: 503 });
    await harness().control.faults.set({ match: "/v1/", times: 1, status: 502 });
    const statuses = [await get(), await get(), await get()].map(({ status }) => status);
    assert.deepEqual(statuses, [503, 502, 401]);
  });

  it("send a string raw, so that JSON can be malformed", async () => {
    await harness().control.faults.set({ match: "/v1/me", times: 1, body: '{"id": "ada' });
    const response = await get();
    assert.equal(response.status, 200);
    assert.equal(await response.text(), '{"id": "ada');
  });

  it("can delay a normal answer", async () => {
    const { accessToken } = await harness().signIn();
    await harness().control.faults.set({ match: "/v1/me", times: 1, delayMs: 40 });
    const start = performance.now();
    assert.equal((await harness().me(accessToken)).status, 200);
    assert(performance.now() - start >= 39);
  });

  it("can delay a failure", async () => {
    await harness().control.faults.set({ match: "/v1/me", times: 1, delayMs: 1, status: 503 });
    assert.equal((await get()).status, 503);
  });

  it("can cut the connection before the request has an effect", async () => {
    const { refreshToken } = await harness().signIn();
    await harness().control.faults.set({ match: "POST /api/token", times: 1, drop: true });
    await assert.rejects(harness().refresh(refreshToken), TypeError);
    assert.equal((await harness().refresh(refreshToken)).status, 200);
  });

  it("can cut the connection after the effect, so that the answer is lost", async () => {
    const { refreshToken } = await harness().signIn();
    const fault = { match: "POST /api/token", times: 1, drop: true, after: true };
    await harness().control.faults.set(fault);
    await assert.rejects(harness().refresh(refreshToken), TypeError);
    const { status, body } = await harness().refresh(refreshToken);
    assert.equal(status, 400);
    assert.equal(body.error_description, "Invalid refresh token");
  });

  it("can replace the answer after the effect", async () => {
    const code = await harness().code();
    await harness().control.faults.set({
      match: "/api/token",
      times: 1,
      status: 502,
      body: {},
      after: true,
    });
    assert.equal((await harness().exchange(code)).status, 502);
    assert.equal((await harness().exchange(code)).status, 400);
  });

  it("skip the request if its caller hangs up during a delay", async () => {
    const { refreshToken } = await harness().signIn();
    await harness().control.faults.set({ match: "/api/token", times: 1, delayMs: 600_000 });
    const hangUp = new AbortController();
    const stalled = fetch(`${harness().url}/api/token`, {
      method: "POST",
      headers: { authorization: basic },
      body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: refreshToken }),
      signal: hangUp.signal,
    });
    const refused = assert.rejects(stalled);
    while ((await harness().control.requests()).at(-1)?.status !== null);
    hangUp.abort();
    await refused;
    assert.equal((await harness().refresh(refreshToken)).status, 200);
    const statuses = (await harness().control.requests()).map(({ status }) => status);
    assert.deepEqual(statuses.slice(-2), [null, 200]);
  });

  it("are cleared through the control endpoint, which answers while everything fails", async () => {
    await harness().control.faults.set({ match: "/", times: 1000, drop: true });
    await assert.rejects(get(), TypeError);
    await harness().control.advanceClock(1);
    await harness().control.faults.clear();
    assert.equal((await get()).status, 401);
  });

  it("are refused with the invalid field and then not set", async () => {
    const valid = { match: "/v1/me", times: 1, status: 500 };
    const wrong: [string, unknown][] = [
      ["match", { ...valid, match: undefined }],
      ["match", { ...valid, match: "" }],
      ["match", { ...valid, match: 5 }],
      ["times", { ...valid, times: undefined }],
      ["times", { ...valid, times: 0 }],
      ["times", { ...valid, times: 1.5 }],
      ["times", { ...valid, times: "2" }],
      ["status", { ...valid, status: 99 }],
      ["status", { ...valid, status: 600 }],
      ["status", { match: "/v1/me", times: 1 }],
      ["headers", { ...valid, headers: [] }],
      ["headers.x", { ...valid, headers: { x: true } }],
      ["headers.bad name", { ...valid, headers: { "bad name": "x" } }],
      ["headers.x", { ...valid, headers: { x: "a\r\nb: c" } }],
      ["delayMs", { ...valid, delayMs: -1 }],
      ["delayMs", { ...valid, delayMs: 1e9 }],
      ["drop", { ...valid, drop: true }],
      ["drop", { match: "/", times: 1, drop: "yes" }],
      ["after", { ...valid, after: 1 }],
      ["delay", { ...valid, delay: 5 }],
      ["body", [valid]],
      ["body", null],
    ];
    for (const [field, fault] of wrong) {
      const { status, text } = await harness().raw("POST", "faults", JSON.stringify(fault));
      assert.equal(status, 400, text);
      assert.match(text, new RegExp(`"field":"${field}"`));
    }
    assert.equal((await get()).status, 401);
  });
});
