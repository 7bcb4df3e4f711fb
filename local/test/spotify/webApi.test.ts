import assert from "node:assert/strict";

import { apiError, object, useSpotifyHarness } from "./support.js";

const allScopes = ["user-read-email", "user-read-private"];

describe("GET /v1/me", () => {
  const harness = useSpotifyHarness();

  async function profile(persona: string, scopes = allScopes) {
    const { accessToken } = await harness().signIn(persona, scopes);
    const response = await harness().me(accessToken);
    assert.equal(response.status, 200);
    return object(response);
  }

  it("returns only public fields in development mode, whatever the scopes", async () => {
    assert.deepEqual(await profile("creator-ada"), {
      account_id: "4fQm0ZrT7cXw2YkHn9LbVd",
      display_name: "Ada Okafor",
      external_urls: { spotify: "https://open.spotify.com/user/ada.broadcasts" },
      href: "https://api.spotify.com/v1/users/ada.broadcasts",
      id: "ada.broadcasts",
      images: [
        {
          url: "https://i.scdn.co/image/ab6775700000ee8551c0d3a7e94b62f8170ad9ce",
          height: 300,
          width: 300,
        },
      ],
      type: "user",
      uri: "spotify:user:ada.broadcasts",
    });
  });

  it("adds what the scopes allow in extended mode", async () => {
    await harness().control.setQuotaMode("extended");
    const full = await profile("listener-gus");
    assert.equal(full.email, "gus@example.com");
    assert.equal(full.country, "NL");
    assert.equal(full.product, "free");
    assert.deepEqual(full.followers, { href: null, total: 0 });
    assert.deepEqual(full.explicit_content, { filter_enabled: false, filter_locked: false });
    assert.equal(full.account_id, "5rVk3YbJd8OxNi1GwZa7Te");

    const mailOnly = await profile("listener-gus", ["user-read-email"]);
    assert.equal(mailOnly.email, "gus@example.com");
    assert.equal("country" in mailOnly || "product" in mailOnly, false);
    const bare = await profile("listener-gus", []);
    assert.equal("email" in bare || "product" in bare || "explicit_content" in bare, false);
    assert.equal("followers" in bare, true);
  });

  it("returns an empty list of images and a null display name for users without them", async () => {
    assert.deepEqual((await profile("creator-cleo")).images, []);
    assert.equal((await profile("listener-eve")).display_name, null);
  });

  it("shows a changed id immediately, with the same account_id", async () => {
    const { accessToken } = await harness().signIn("creator-ben");
    await harness().control.changePersona({
      id: "creator-ben",
      spotifyId: "ben new",
      displayName: null,
    });
    const after = await object(await harness().me(accessToken));
    assert.equal(after.id, "ben new");
    assert.equal(after.account_id, "1uPzK8sWq5JvXo3RgTyA6e");
    assert.equal(after.display_name, null);
    assert.equal(after.href, "https://api.spotify.com/v1/users/ben%20new");
  });

  it("can lack the account_id", async () => {
    await harness().control.changePersona({ id: "creator-ben", accountId: null });
    assert.equal("account_id" in (await profile("creator-ben")), false);
  });
});

describe("/v1: authentication", () => {
  const harness = useSpotifyHarness();

  async function me(authorization?: string) {
    const response = await fetch(`${harness().url}/v1/me`, {
      headers: authorization === undefined ? {} : { authorization },
    });
    return { response, body: await object(response) };
  }

  it("refuses requests without a token", async () => {
    const { response, body } = await me();
    assert.equal(response.status, 401);
    assert.deepEqual(body, { error: { status: 401, message: "No token provided" } });
  });

  it("refuses other kinds of authorisation", async () => {
    const { response, body } = await me("Basic abc");
    assert.equal(response.status, 400);
    const message = "Only valid bearer authentication supported";
    assert.deepEqual(body, { error: { status: 400, message } });
  });

  it("refuses an unknown token, a refresh token and a revoked token", async () => {
    const { accessToken, refreshToken } = await harness().signIn();
    await harness().control.revoke("listener-dan");
    for (const token of ["nonsense", refreshToken, accessToken]) {
      const { response, body } = await me(`Bearer ${token}`);
      assert.equal(response.status, 401);
      assert.deepEqual(body, { error: { status: 401, message: "Invalid access token" } });
    }
  });

  it("accepts an access token for an hour", async () => {
    const { accessToken } = await harness().signIn();
    await harness().control.advanceClock(3_590_000);
    assert.equal((await me(`Bearer ${accessToken}`)).response.status, 200);
    await harness().control.advanceClock(10_000);
    const { response, body } = await me(`Bearer ${accessToken}`);
    assert.equal(response.status, 401);
    assert.deepEqual(body, { error: { status: 401, message: "The access token expired" } });
    assert.match(response.headers.get("www-authenticate") ?? "", /error="invalid_token"/);
  });

  it("can expire the access tokens of one persona", async () => {
    const dan = await harness().signIn("listener-dan");
    const eve = await harness().signIn("listener-eve");
    await harness().control.expire("listener-dan");
    const { body } = await me(`Bearer ${dan.accessToken}`);
    assert.deepEqual(body, { error: { status: 401, message: "The access token expired" } });
    assert.equal((await me(`Bearer ${eve.accessToken}`)).response.status, 200);
    assert.equal((await harness().refresh(dan.refreshToken)).status, 200);
  });

  it("lets a user off the allow-list log in, and refuses them here in plain text", async () => {
    const { accessToken } = await harness().signIn("listener-hal");
    const response = await harness().me(accessToken);
    assert.equal(response.status, 403);
    assert.match(response.headers.get("content-type") ?? "", /^text\/plain/);
    assert.match(await response.text(), /^The user is not registered for this application\./);
    await harness().control.changePersona({ id: "listener-hal", allowed: true });
    assert.equal((await harness().me(accessToken)).status, 200);
  });

  it("serves no other paths and methods", async () => {
    for (const path of ["/v1/me/ringtones", "/v1/me//", "/v1/"]) {
      const response = await fetch(harness().url + path);
      assert.equal(response.status, 404, path);
      const error = { status: 404, message: "Service not found" };
      assert.deepEqual(await object(response), { error }, path);
    }
    assert.equal((await fetch(`${harness().url}/v1/me`, { method: "DELETE" })).status, 405);
  });

  it("ignores one trailing slash", async () => {
    const { accessToken } = await harness().signIn();
    const headers = { authorization: `Bearer ${accessToken}` };
    const read = async (path: string) => {
      const response = await fetch(`${harness().url}/v1${path}`, { headers });
      return { status: response.status, body: await object(response) };
    };
    assert.equal((await read("/me/")).status, 200);
    for (const path of ["/me", "/search?q=harbour&type=track", "/tracks/5W3cjX2J3tjhG8zb6u0qHn"]) {
      const [name = "", query] = path.split("?");
      const withSlash = query === undefined ? `${name}/` : `${name}/?${query}`;
      assert.deepEqual(await read(withSlash), await read(path));
    }
  });

  it("forbids the endpoints that development mode lost, which extended mode no longer has either", async () => {
    const lines = [
      ...["GET /tracks?ids=5W3cjX2J3tjhG8zb6u0qHn", "GET /markets", "GET /users/ada.broadcasts"],
      ...["GET /browse/new-releases", "GET /artists/x/top-tracks", "GET /me/tracks/contains"],
      ...["PUT /me/albums", "DELETE /me/tracks", "PUT /playlists/x/followers"],
    ];
    const dan = await harness().as("listener-dan", []);
    for (const line of lines) assert.deepEqual(await dan(line), apiError(403, "Forbidden"), line);
    await harness().control.setQuotaMode("extended");
    for (const line of lines) {
      assert.deepEqual(await dan(line), apiError(404, "Service not found"), line);
    }
    const response = await fetch(`${harness().url}/v1/markets`);
    assert.equal(response.status, 401);
  });

  it("allows web pages, without logging or failing their preflights", async () => {
    await harness().control.faults.set({ match: "/v1/me", times: 1, status: 429 });
    const preflight = await fetch(`${harness().url}/v1/me`, { method: "OPTIONS" });
    assert.equal(preflight.status, 204);
    assert.equal(
      preflight.headers.get("access-control-allow-headers"),
      "authorization, content-type",
    );
    assert.deepEqual(await harness().control.requests(), []);
    const failed = await fetch(`${harness().url}/v1/me`);
    assert.equal(failed.status, 429);
    assert.equal(failed.headers.get("access-control-allow-origin"), "*");
    assert.equal(failed.headers.get("access-control-expose-headers"), null);
  });
});
