import assert from "node:assert/strict";

import { apiError, useSpotifyHarness } from "./support.js";

const scopes = ["user-library-modify", "user-library-read"];
const id = "5W3cjX2J3tjhG8zb6u0qHn";
const other = "0VjIjW4GlUZAMYd2vXMi3b";
const uri = `spotify:track:${id}`;
const otherUri = `spotify:track:${other}`;
const insufficient = apiError(403, "Insufficient client scope");

describe("/v1/me/library", () => {
  const harness = useSpotifyHarness();

  it("saves tracks, reports what is saved, and can save twice", async () => {
    const dan = await harness().as("listener-dan", scopes);
    const containsRequest = `GET /me/library/contains?uris=${uri},${otherUri}`;
    assert.deepEqual(await dan(containsRequest), { status: 200, body: [false, false] });
    const saved = { status: 200, body: "" };
    assert.deepEqual(await dan(`PUT /me/library?uris=${uri}`), saved);
    assert.deepEqual(await dan(`PUT /me/library?uris=${uri}`), saved);
    assert.deepEqual((await dan(containsRequest)).body, [true, false]);
    assert.deepEqual((await harness().control.player("listener-dan")).saved, [uri]);
    const eve = await harness().as("listener-eve", scopes);
    assert.deepEqual((await eve(containsRequest)).body, [false, false]);
  });

  it("works in extended mode too", async () => {
    await harness().control.setQuotaMode("extended");
    const dan = await harness().as("listener-dan", scopes);
    assert.equal((await dan(`PUT /me/library?uris=${uri}`)).status, 200);
  });

  it("accepts 40 URIs, from the query only", async () => {
    const dan = await harness().as("listener-dan", scopes);
    const many = (count: number) => Array.from({ length: count }, () => uri).join(",");
    assert.equal((await dan(`PUT /me/library?uris=${many(40)}`)).status, 200);
    for (const [line, body, message] of [
      [`PUT /me/library?uris=${many(41)}`, undefined, "Too many uris requested"],
      ["PUT /me/library", { uris: [uri] }, "Missing required field: uris"],
      [`PUT /me/library?uris=${id}`, undefined, `Invalid uri: ${id}`],
      [
        "PUT /me/library?uris=spotify:local:a:b:c:1",
        undefined,
        "Invalid uri: spotify:local:a:b:c:1",
      ],
      ["GET /me/library/contains", undefined, "Missing required field: uris"],
    ] as const) {
      assert.deepEqual(await dan(line, body), apiError(400, message));
    }
  });

  it("requires its scopes", async () => {
    const reader = await harness().as("listener-dan", ["user-library-read"]);
    assert.deepEqual(await reader(`PUT /me/library?uris=${uri}`), insufficient);
    const writer = await harness().as("listener-dan", ["user-library-modify"]);
    assert.deepEqual(await writer(`GET /me/library/contains?uris=${uri}`), insufficient);
    assert.deepEqual((await harness().control.player("listener-dan")).saved, []);
  });
});

describe("PUT /v1/me/tracks", () => {
  const harness = useSpotifyHarness();

  it("is forbidden in development mode", async () => {
    const dan = await harness().as("listener-dan", scopes);
    assert.deepEqual(await dan(`PUT /me/tracks?ids=${id}`), apiError(403, "Forbidden"));
  });

  it("saves in extended mode, from the query or the body", async () => {
    await harness().control.setQuotaMode("extended");
    const dan = await harness().as("listener-dan", scopes);
    assert.deepEqual(await dan(`PUT /me/tracks?ids=${id}`), { status: 200, body: "" });
    assert.deepEqual(await dan("PUT /me/tracks", { ids: [other] }), { status: 200, body: "" });
    assert.deepEqual((await harness().control.player("listener-dan")).saved, [uri, otherUri]);
  });

  it("refuses what it cannot save", async () => {
    await harness().control.setQuotaMode("extended");
    const dan = await harness().as("listener-dan", scopes);
    for (const [body, message] of [
      [{ ids: [] }, "Missing required field: ids"],
      ["{", "Missing required field: ids"],
      [{ ids: Array.from({ length: 51 }, () => id) }, "Too many ids requested"],
      [{ ids: [uri] }, "Invalid base62 id"],
    ] as const) {
      assert.deepEqual(await dan("PUT /me/tracks", body), apiError(400, message));
    }
    const nobody = await harness().as("listener-dan", []);
    assert.deepEqual(await nobody(`PUT /me/tracks?ids=${id}`), insufficient);
  });
});
