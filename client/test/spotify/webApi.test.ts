import assert from "node:assert/strict";
import { asAmbientError } from "../../src/errors/ambientError.js";
import type { Fetch } from "../../src/http.js";
import { spotifyWebApi } from "../../src/spotify/webApi.js";
import { useSpotifyHarness } from "../../../local/test/spotify/support.js";
import { failure } from "../support/failure.js";
import { listenerAtSpotify } from "../support/listenerAtSpotify.js";

describe("Spotify's Web API", () => {
  const harness = useSpotifyHarness();

  it("is called with the listener's token", async () => {
    const { api } = await listenerAtSpotify(harness());
    const { status, body } = await api.request("GET", "/me");
    assert.equal(status, 200);
    assert.ok(typeof body === "object" && body !== null && "account_id" in body);
  });

  it("is called again with another token if the first has expired", async () => {
    const dan = await listenerAtSpotify(harness());
    await harness().control.expire("listener-dan");
    await assert.rejects(dan.api.request("GET", "/me"), failure("relinkRequired"));
    assert.equal(dan.rejected.length, 1);

    const api = spotifyWebApi({
      fetch,
      baseUrl: `${harness().url}/v1`,
      accessToken: async (rejected) =>
        rejected === undefined ? "old" : (await harness().signIn("listener-dan", [])).accessToken,
    });
    assert.equal((await api.request("GET", "/me")).status, 200);
  });

  it("reports an account that is not on the app's allow-list", async () => {
    const { api } = await listenerAtSpotify(harness(), "listener-hal");
    await assert.rejects(api.request("GET", "/me"), failure("notAllowListed"));
  });

  it("reports how long to wait, if Spotify says so", async () => {
    const { api } = await listenerAtSpotify(harness());
    const limit = { match: "/me", times: 1, status: 429 };
    await harness().control.faults.set({ ...limit, headers: { "Retry-After": 7 } });
    await assert.rejects(api.request("GET", "/me"), failure("rateLimited", 7_000));
    await harness().control.faults.set(limit);
    await assert.rejects(api.request("GET", "/me"), failure("rateLimited"));
  });

  it("distinguishes an exceeded quota from a rate limit", async () => {
    const { api } = await listenerAtSpotify(harness());
    const body = { error: { status: 429, message: "Too many", reason: "QUOTA_EXCEEDED" } };
    const exceeded = { match: "/me", times: 1, status: 429, body };
    await harness().control.faults.set(exceeded);
    await assert.rejects(api.request("GET", "/me"), failure("quotaExceeded"));
    await harness().control.faults.set({ ...exceeded, headers: { "Retry-After": 900 } });
    await assert.rejects(api.request("GET", "/me"), failure("quotaExceeded", 900_000));
  });

  it("reports a limit without its length in a web page, which cannot read Retry-After", async () => {
    const { spotify, control } = harness();
    const { accessToken } = await harness().signIn("listener-dan", []);
    await control.faults.set({
      match: "/me",
      times: 1,
      status: 429,
      headers: { "retry-after": 7 },
    });
    const asInAPage: Fetch = async (url, request) => {
      const answer = await fetch(url, request);
      const exposed = (answer.headers.get("access-control-expose-headers") ?? "").split(/, */);
      const get = (name: string) => (exposed.includes(name) ? answer.headers.get(name) : null);
      return { status: answer.status, headers: { get }, text: () => answer.text() };
    };
    const api = spotifyWebApi({
      fetch: asInAPage,
      baseUrl: `${spotify.url}/v1`,
      accessToken: () => Promise.resolve(accessToken),
    });
    await assert.rejects(api.request("GET", "/me"), failure("rateLimited", undefined));
  });

  it("is unavailable if it fails, or if a proxy answers", async () => {
    const { api } = await listenerAtSpotify(harness());
    for (const fault of [{ status: 502 }, { status: 403, body: "Please log in to the train" }]) {
      await harness().control.faults.set({ match: "/me", times: 1, ...fault });
      await assert.rejects(api.request("GET", "/me"), failure("unavailable"));
    }
  });

  it("is unavailable without a network", async () => {
    const noNetwork: Fetch = () => Promise.reject(new TypeError("fetch failed"));
    const api = spotifyWebApi({ fetch: noNetwork, accessToken: () => Promise.resolve("token") });
    await assert.rejects(api.request("GET", "/me"), failure("unavailable"));
    await assert.rejects(api.ask("GET", "/me"), failure("unavailable"));
  });

  it("is not called without a token, and reports why there is none", async () => {
    let asked = 0;
    const never: Fetch = () => {
      asked += 1;
      return Promise.reject(new Error("asked"));
    };
    const reasons = [
      [{ details: { reason: "SPOTIFY_RELINK_REQUIRED" } }, "relinkRequired", undefined],
      [{ details: { reason: "SPOTIFY_NOT_ALLOWED" } }, "notAllowListed", undefined],
      [
        { details: { reason: "SPOTIFY_RATE_LIMITED", retryAfterSeconds: 12 } },
        "rateLimited",
        12_000,
      ],
      [{ details: { reason: "SPOTIFY_QUOTA_EXCEEDED" } }, "quotaExceeded", undefined],
      [
        { details: { reason: "SPOTIFY_QUOTA_EXCEEDED", retryAfterSeconds: 900 } },
        "quotaExceeded",
        900_000,
      ],
      [{ details: { reason: "SPOTIFY_UNAVAILABLE" } }, "unavailable", undefined],
      [{}, "unavailable", undefined],
    ] as const;
    for (const [extra, reason, retryAfterMs] of reasons) {
      const refusal = Object.assign(new Error("refused"), extra);
      for (const error of [refusal, asAmbientError(refusal)]) {
        const api = spotifyWebApi({ fetch: never, accessToken: () => Promise.reject(error) });
        await assert.rejects(api.request("GET", "/me"), failure(reason, retryAfterMs));
      }
    }
    assert.equal(asked, 0);
  });
});
