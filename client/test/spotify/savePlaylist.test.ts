import assert from "node:assert/strict";
import { z } from "zod";
import { inventedTracks } from "../../../local/spotify/catalogue/inventedTracks.js";
import { useSpotifyHarness } from "../../../local/test/spotify/support.js";
import { savePlaylist } from "../../src/spotify/savePlaylist.js";
import { failure } from "../support/failure.js";
import { listenerAtSpotify } from "../support/listenerAtSpotify.js";

const scopes = ["playlist-read-private", "playlist-modify-private"];
const uris = inventedTracks()
  .slice(0, 230)
  .map(({ id }) => `spotify:track:${id}`);
const plan = {
  name: "Night drive · setlist",
  description: "What “Night drive” by Ada played.",
  mark: "Ambient show abc_-1",
  uris,
};
const playlists = z.object({
  total: z.int(),
  items: z.array(
    z.object({ id: z.string(), name: z.string(), description: z.string(), public: z.boolean() }),
  ),
});
const items = z.object({
  total: z.int(),
  items: z.array(z.object({ item: z.object({ uri: z.string() }) })),
});

describe("saving a playlist", () => {
  const harness = useSpotifyHarness();
  const dan = () => listenerAtSpotify(harness(), "listener-dan", scopes);
  const mine = async ({ api }: Awaited<ReturnType<typeof dan>>) =>
    playlists.parse((await api.request("GET", "/me/playlists?limit=50")).body);
  const contents = async ({ api }: Awaited<ReturnType<typeof dan>>, id: string) => {
    const found: string[] = [];
    for (;;) {
      const path = `/playlists/${id}/items?limit=50&offset=${found.length}`;
      const page = items.parse((await api.request("GET", path)).body);
      found.push(...page.items.map(({ item }) => item.uri));
      if (page.items.length === 0) return found;
    }
  };
  const postsSent = async () =>
    (await harness().control.requests()).filter(({ method }) => method === "POST").length;

  it("creates a private one with all tracks in order, a hundred per request", async () => {
    const listener = await dan();
    await harness().control.clearRequests();
    const { id, link, isNew } = await savePlaylist(listener.api, plan);
    assert.equal(await postsSent(), 4);
    assert.deepEqual([isNew, link.web], [true, `https://open.spotify.com/playlist/${id}`]);
    const [saved] = (await mine(listener)).items;
    assert.deepEqual(saved, {
      id,
      name: plan.name,
      description: `${plan.description} ${plan.mark}`,
      public: false,
    });
    assert.deepEqual(await contents(listener, id), uris);
  });

  it("finds the same one again, whatever answer was lost", async () => {
    for (const match of ["POST /v1/me/playlists", "/items"]) {
      const listener = await dan();
      const mark = `Ambient show ${match.length}`;
      // The request took effect, but its answer was lost.
      await harness().control.faults.set({ match, times: 1, drop: true, after: true });
      await assert.rejects(savePlaylist(listener.api, { ...plan, mark }), failure("unavailable"));
      const { id, isNew } = await savePlaylist(listener.api, { ...plan, mark });
      assert.equal(isNew, false);
      assert.deepEqual(await contents(listener, id), uris);
    }
    assert.equal((await mine(await dan())).total, 3);
  });

  it("completes one that lacks some tracks", async () => {
    const listener = await dan();
    await savePlaylist(listener.api, { ...plan, uris: uris.slice(0, 100) });
    const { id } = await savePlaylist(listener.api, plan);
    assert.deepEqual(await contents(listener, id), uris);
    await harness().control.clearRequests();
    await savePlaylist(listener.api, plan);
    assert.equal(await postsSent(), 0);
  });

  it("leaves one alone that the listener has changed", async () => {
    const listener = await dan();
    const { id } = await savePlaylist(listener.api, plan);
    const kept = uris.filter((_, index) => index % 3 !== 0);
    await harness().control.changePlaylist({ id, uris: kept });
    assert.equal((await savePlaylist(listener.api, plan)).id, id);
    assert.deepEqual(await contents(listener, id), kept);
  });

  it("creates another one if the listener deleted it, and for another show", async () => {
    const listener = await dan();
    const few = { ...plan, uris: uris.slice(0, 2) };
    const { id } = await savePlaylist(listener.api, few);
    const other = await savePlaylist(listener.api, { ...few, mark: "Ambient show abc_-12" });
    assert.deepEqual([other.isNew, other.id === id], [true, false]);
    await harness().control.changePlaylist({ id, deleted: true });
    const again = await savePlaylist(listener.api, few);
    assert.deepEqual([again.isNew, again.id === id], [true, false]);
  });

  it("does not take somebody else's for the listener's own", async () => {
    const ben = await listenerAtSpotify(harness(), "creator-ben", scopes);
    const few = { ...plan, uris: uris.slice(0, 2) };
    const { id } = await savePlaylist(ben.api, few);
    await harness().control.changePlaylist({ id, public: true, followers: ["listener-dan"] });
    const saved = await savePlaylist((await dan()).api, few);
    assert.deepEqual([saved.isNew, saved.id === id], [true, false]);
  });

  it("works for apps with an extended quota, too", async () => {
    await harness().control.setQuotaMode("extended");
    const listener = await dan();
    const { id } = await savePlaylist(listener.api, { ...plan, uris: uris.slice(0, 100) });
    assert.equal((await savePlaylist(listener.api, plan)).id, id);
    await harness().control.setQuotaMode("development");
    assert.deepEqual(await contents(listener, id), uris);
  });

  it("cuts names and descriptions, and puts them on one line", async () => {
    const listener = await dan();
    const long = "🎧 Night\ndrive ".repeat(40);
    await savePlaylist(listener.api, { ...plan, name: long, description: long, uris: [] });
    const [saved] = (await mine(listener)).items;
    assert.ok(saved && saved.name.length <= 100 && saved.description.length <= 300);
    assert.match(saved.name, /^🎧 Night drive .*…$/u);
    assert.ok(saved.description.endsWith(` ${plan.mark}`));
    assert.equal(
      /\n|[\uD800-\uDFFF](?![\uDC00-\uDFFF])/u.test(saved.name + saved.description),
      false,
    );
  });

  it("asks to sign in again if the listener never granted the scope, and reports other failures", async () => {
    const { api } = await listenerAtSpotify(harness(), "listener-dan", ["playlist-read-private"]);
    await assert.rejects(savePlaylist(api, plan), failure("relinkRequired"));
    const bare = await listenerAtSpotify(harness(), "listener-dan", ["playlist-modify-private"]);
    await assert.rejects(savePlaylist(bare.api, plan), failure("relinkRequired"));
    const limit = { times: 1, status: 429, headers: { "retry-after": 3 } };
    await harness().control.faults.set({ match: "POST /v1/me/playlists", ...limit });
    await assert.rejects(savePlaylist((await dan()).api, plan), failure("rateLimited", 3_000));
    assert.equal((await mine(await dan())).total, 1);
  });
});
