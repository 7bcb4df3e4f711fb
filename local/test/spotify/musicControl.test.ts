import assert from "node:assert/strict";

import { spotifyId } from "../../spotify/catalogue/spotifyId.js";
import { playlistIds } from "../../spotify/catalogue/startingPlaylists.js";
import { newPlaylist, pageOfItems, pageOfNewPlaylists, track } from "./shapes.js";
import { useSpotifyHarness } from "./support.js";

const scopes = ["playlist-read-private", "playlist-read-collaborative"];
const playing = ["user-modify-playback-state"];
const harbourLights = "spotify:track:5W3cjX2J3tjhG8zb6u0qHn";

describe("control: playlists", () => {
  const harness = useSpotifyHarness();

  async function reading(persona = "creator-ada") {
    const ask = await harness().as(persona, scopes);
    return {
      playlist: async (id: string) => newPlaylist.parse((await ask(`GET /playlists/${id}`)).body),
      page: async (id: string, offset: number) =>
        pageOfItems.parse((await ask(`GET /playlists/${id}/items?limit=50&offset=${offset}`)).body),
      status: async (id: string) => (await ask(`GET /playlists/${id}`)).status,
    };
  }

  it("changes the given fields and the snapshot", async () => {
    const read = await reading();
    const id = playlistIds.nightDrive;
    const before = await read.playlist(id);
    assert.equal((await read.playlist(id)).snapshot_id, before.snapshot_id);
    await harness().control.changePlaylist({ id, name: "Day drive" });
    const renamed = await read.playlist(id);
    assert.equal(renamed.name, "Day drive");
    assert.equal(renamed.items?.total, 3);
    assert.notEqual(renamed.snapshot_id, before.snapshot_id);
    await harness().control.changePlaylist({ id, uris: [harbourLights] });
    const shorter = await read.playlist(id);
    assert.deepEqual(
      shorter.items?.items.map(({ item }) => item?.uri),
      [harbourLights],
    );
    assert.notEqual(shorter.snapshot_id, renamed.snapshot_id);
  });

  it("gives a playlist to another user", async () => {
    const id = playlistIds.fiveHundred;
    await harness().control.changePlaylist({ id, owner: "creator-ben" });
    assert.equal(await (await reading()).status(id), 404);
    assert.equal((await (await reading("creator-ben")).playlist(id)).items?.total, 500);
  });

  it("deletes and creates playlists", async () => {
    const read = await reading();
    await harness().control.changePlaylist({ id: playlistIds.nightDrive, deleted: true });
    assert.equal(await read.status(playlistIds.nightDrive), 404);
    const id = spotifyId("a new one");
    const made = { id, owner: "creator-ada", name: "New", uris: [harbourLights], public: true };
    await harness().control.changePlaylist(made);
    assert.equal((await read.playlist(id)).items?.total, 1);
    const ada = await harness().as("creator-ada", scopes);
    const mine = pageOfNewPlaylists.parse((await ada("GET /me/playlists")).body).items;
    assert.equal(mine.at(-1)?.name, "New");
    assert(mine.every((each) => each.id !== playlistIds.nightDrive));
  });

  it("changes a playlist between two pages", async () => {
    const read = await reading();
    const id = playlistIds.fiveHundred;
    const before = await read.playlist(id);
    await harness().control.changePlaylist({ id, uris: [harbourLights], afterPage: 2 });
    // Neither another playlist's pages nor refused ones count.
    await read.page(playlistIds.fiveHundredAndOne, 0);
    const ada = await harness().as("creator-ada", scopes);
    await ada(`GET /playlists/${id}/items?limit=51`);
    assert.equal((await read.page(id, 0)).total, 500);
    assert.equal((await read.playlist(id)).snapshot_id, before.snapshot_id);
    assert.equal((await read.page(id, 50)).total, 500);
    assert.equal((await read.page(id, 100)).total, 1);
    assert.notEqual((await read.playlist(id)).snapshot_id, before.snapshot_id);
  });

  it("deletes a playlist between two pages, in extended mode too", async () => {
    await harness().control.setQuotaMode("extended");
    const ada = await harness().as("creator-ada", scopes);
    const id = playlistIds.fiveHundred;
    await harness().control.changePlaylist({ id, deleted: true, afterPage: 1 });
    assert.equal((await ada(`GET /playlists/${id}/tracks`)).status, 200);
    assert.equal((await ada(`GET /playlists/${id}/tracks?offset=100`)).status, 404);
  });

  it("restores everything", async () => {
    const read = await reading();
    const id = playlistIds.nightDrive;
    const before = await read.playlist(id);
    await harness().control.changePlaylist({ id, name: "Day drive" });
    await harness().control.changePlaylist({ id, deleted: true, afterPage: 1 });
    await harness().control.resetPlaylists();
    await read.page(id, 0);
    assert.deepEqual(await read.playlist(id), before);
  });
});

describe("control: tracks", () => {
  const harness = useSpotifyHarness();

  it("changes a track and adds one", async () => {
    const dan = await harness().as("listener-dan", []);
    const read = async (id: string) => track.parse((await dan(`GET /tracks/${id}?market=US`)).body);
    const known = "5W3cjX2J3tjhG8zb6u0qHn";
    await harness().control.changeTrack({ id: known, markets: ["GB"], durationMs: 1_000 });
    const changed = await read(known);
    assert.deepEqual(
      [changed.name, changed.is_playable, changed.duration_ms],
      ["Harbour Lights", false, 1_000],
    );
    const id = spotifyId("a new song");
    await harness().control.changeTrack({ id, name: "x".repeat(500), artists: ["A", "B"] });
    assert.equal((await read(id)).name.length, 500);
    await harness().control.resetPlaylists();
    assert.equal((await read(known)).is_playable, true);
    assert.equal((await dan(`GET /tracks/${id}`)).status, 404);
  });
});

describe("control: devices and players", () => {
  const harness = useSpotifyHarness();

  it("records each player's commands by Spotify's clock", async () => {
    const dan = await harness().as("listener-dan", playing);
    const body = { uris: [harbourLights], position_ms: 30_000 };
    await dan("PUT /me/player/play", body);
    await harness().control.advanceClock(10_000);
    await dan("PUT /me/player/pause");
    await dan("PUT /me/player/seek?position_ms=1000");
    await dan("PUT /me/player/play");
    const { commands, devices } = await harness().control.player("listener-dan");
    const [phone] = devices;
    assert(phone !== undefined);
    assert.deepEqual(
      commands.map(({ command, uris, uri, deviceId }) => ({ command, uris, uri, deviceId })),
      ["play", "pause", "seek", "resume"].map((command) => ({
        command,
        uris: command === "play" ? [harbourLights] : undefined,
        uri: harbourLights,
        deviceId: phone.id,
      })),
    );
    const [play, pause, seek] = commands;
    assert(play !== undefined && pause !== undefined && seek !== undefined);
    assert.equal(play.positionMs, 30_000);
    assert.equal(pause.positionMs - play.positionMs, pause.at - play.at);
    assert(pause.at - play.at >= 10_000);
    assert.equal(seek.positionMs, 1_000);
  });

  it("lists all players, even unused ones, and can reset them", async () => {
    const dan = await harness().as("listener-dan", playing);
    await dan("PUT /me/player/play", { uris: [harbourLights] });
    await harness().control.setDevices("listener-dan", []);
    const everybody = await harness().control.players();
    assert.equal(everybody.length, 8);
    const ada = everybody.find(({ persona }) => persona === "creator-ada");
    assert.deepEqual(
      [ada?.playing, ada?.uri, ada?.positionMs, ada?.uris, ada?.commands],
      [false, null, 0, [], []],
    );
    await harness().control.resetPlayers();
    const after = await harness().control.player("listener-dan");
    assert.deepEqual([after.uri, after.commands, after.devices.length], [null, [], 1]);
    await assert.rejects(harness().control.player("nobody"), /nobody/);
  });
});

describe("control: bad input for music", () => {
  const harness = useSpotifyHarness();

  it("is refused with the field", async () => {
    const id = playlistIds.nightDrive;
    const device = { id: "a", name: "A" };
    const wrong: [string, string, unknown][] = [
      ["playlists", "id", { id: "short" }],
      ["playlists", "owner", { id: spotifyId("new"), name: "Whose?" }],
      ["playlists", "owner", { id, owner: "nobody" }],
      ["playlists", "collaborators", { id, collaborators: ["creator-ben", "nobody"] }],
      ["playlists", "followers", { id, followers: ["nobody"] }],
      ["playlists", "uris", { id, uris: "all" }],
      ["playlists", "afterPage", { id, afterPage: 0 }],
      ["playlists", "deleted", { id, deleted: false }],
      ["playlists", "tracks", { id, tracks: [] }],
      ["tracks", "id", { name: "No id" }],
      ["tracks", "markets", { id, markets: ["Mars"] }],
      ["tracks", "durationMs", { id, durationMs: -1 }],
      ["devices", "persona", { persona: "nobody", devices: [] }],
      ["devices", "devices", { persona: "listener-dan" }],
      ["devices", "devices", { persona: "listener-dan", devices: [device, device] }],
      ["devices", "devices.0.name", { persona: "listener-dan", devices: [{ id: "a" }] }],
      [
        "devices",
        "devices",
        {
          persona: "listener-dan",
          devices: [
            { ...device, active: true },
            { ...device, id: "b", active: true },
          ],
        },
      ],
    ];
    for (const [operation, field, body] of wrong) {
      const { status, text } = await harness().raw("POST", operation, JSON.stringify(body));
      assert.equal(status, 400, `${operation} ${JSON.stringify(body)}: ${text}`);
      assert.match(text, new RegExp(`"field":"${field}`), JSON.stringify(body));
    }
  });
});
