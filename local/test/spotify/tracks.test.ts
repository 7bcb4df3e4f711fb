import assert from "node:assert/strict";

import { z } from "zod";

import { relinked } from "../../spotify/catalogue/namedTracks.js";
import { spotifyId } from "../../spotify/catalogue/spotifyId.js";
import { foundTracks, track } from "./shapes.js";
import { apiError, useSpotifyHarness } from "./support.js";

const harbourLights = "5W3cjX2J3tjhG8zb6u0qHn";
const tokyo = spotifyId("tokyo Last Train");
const nowhere = spotifyId("nowhere Withdrawn");

describe("GET /v1/tracks/{id}", () => {
  const harness = useSpotifyHarness();

  it("returns a track without the fields that development mode removed", async () => {
    const dan = await harness().as("listener-dan", []);
    const { status, body } = await dan(`GET /tracks/${harbourLights}`);
    assert.equal(status, 200);
    const found = track.parse(body);
    assert.equal(found.name, "Harbour Lights");
    assert.deepEqual(
      found.artists.map(({ name }) => name),
      ["The Low Tides"],
    );
    assert.equal(found.external_urls.spotify, `https://open.spotify.com/track/${harbourLights}`);
    assert.deepEqual(
      found.album.images.map(({ height }) => height),
      [640, 300, 64],
    );
    for (const gone of ["available_markets", "popularity", "linked_from", "is_playable"]) {
      assert.equal(gone in found, false, gone);
    }
  });

  it("returns the markets in extended mode, unless the request names one", async () => {
    await harness().control.setQuotaMode("extended");
    const dan = await harness().as("listener-dan", []);
    const read = async (id: string, query = "") =>
      track.parse((await dan(`GET /tracks/${id}${query}`)).body);
    assert.deepEqual((await read(tokyo)).available_markets, ["JP"]);
    assert.deepEqual((await read(nowhere)).available_markets, []);
    const requested = await read(tokyo, "?market=US");
    assert.equal("available_markets" in requested, false);
    assert.equal(requested.is_playable, false);
  });

  it("reports playability and its reason for the account's market", async () => {
    await harness().control.changePersona({ id: "listener-yui", country: "JP" });
    const dan = await harness().as("listener-dan", []);
    const yui = await harness().as("listener-yui", []);
    const path = `GET /tracks/${tokyo}`;
    for (const market of ["from_token", "US", "JP"]) {
      const there = track.parse((await yui(`${path}?market=${market}`)).body);
      assert.equal(there.is_playable, true);
      assert.equal("restrictions" in there, false);
      const here = track.parse((await dan(`${path}?market=${market}`)).body);
      assert.equal(here.is_playable, false);
      assert.deepEqual(here.restrictions, { reason: "market" });
    }
  });

  it("relinks a track to the release that the account's country plays", async () => {
    const { europe, america } = relinked;
    const ada = await harness().as("creator-ada", []);
    const dan = await harness().as("listener-dan", []);
    const path = `GET /tracks/${europe.id}`;
    for (const mode of ["development", "extended"] as const) {
      await harness().control.setQuotaMode(mode);
      const here = track.parse((await ada(`${path}?market=GB`)).body);
      assert.deepEqual([here.id, here.is_playable, here.linked_from], [europe.id, true, undefined]);
      const there = track.parse((await dan(`${path}?market=from_token`)).body);
      assert.deepEqual([there.id, there.is_playable], [america.id, true]);
      assert.equal(there.duration_ms, 203_900);
      assert.deepEqual(there.external_ids, here.external_ids);
      const origin = z.looseObject({ uri: z.string() }).optional().parse(there.linked_from);
      assert.equal(origin?.uri, mode === "extended" ? `spotify:track:${europe.id}` : undefined);
      // Without a market, Spotify returns the requested track.
      assert.equal(track.parse((await dan(path)).body).id, europe.id);
    }
  });

  it("reports other errors", async () => {
    const dan = await harness().as("listener-dan", []);
    const unknown = `GET /tracks/${"0".repeat(22)}`;
    assert.deepEqual(await dan(unknown), apiError(404, "Resource not found"));
    assert.deepEqual(await dan("GET /tracks/short"), apiError(400, "Invalid base62 id"));
    assert.deepEqual(
      await dan(`GET /tracks/${harbourLights}?market=Mars`),
      apiError(400, "Invalid market code"),
    );
  });
});

describe("GET /v1/search", () => {
  const harness = useSpotifyHarness();

  async function searching(persona = "listener-dan") {
    const ask = await harness().as(persona, []);
    return async (query: string) =>
      foundTracks.parse((await ask(`GET /search?type=track&${query}`)).body).tracks;
  }

  it("finds tracks by title, artist and album, regardless of accents and case", async () => {
    const search = await searching();
    const first = async (query: string) => (await search(query)).items[0]?.name;
    assert.equal(await first("q=HARBOUR%20lights"), "Harbour Lights");
    assert.equal(await first("q=marta+quell+last+exit"), "Last Exit North");
    assert.match((await first("q=ete+foret")) ?? "", /^Été Forêt/);
    assert.deepEqual((await search("q=zzzzz")).items, []);
  });

  it("returns 5 by default and 10 at most, or 20 and 50 in extended mode", async () => {
    const dan = await harness().as("listener-dan", []);
    const search = await searching();
    assert.equal((await search("q=night")).items.length, 5);
    assert.equal((await search("q=night&limit=10")).items.length, 10);
    const tooMany = await dan("GET /search?type=track&q=night&limit=11");
    assert.deepEqual(tooMany, apiError(400, "Invalid limit"));
    await harness().control.setQuotaMode("extended");
    assert.equal((await search("q=night")).items.length, 20);
    assert.equal((await search("q=night&limit=50")).items.length, 50);
    const evenMore = await dan("GET /search?type=track&q=night&limit=51");
    assert.deepEqual(evenMore, apiError(400, "Invalid limit"));
  });

  it("pages without gaps, up to 1,000", async () => {
    const search = await searching();
    const uris = async (query: string) => (await search(query)).items.map(({ uri }) => uri);
    const ten = await uris("q=amber&limit=10");
    assert.deepEqual(
      [...(await uris("q=amber&limit=5")), ...(await uris("q=amber&limit=5&offset=5"))],
      ten,
    );
    const dan = await harness().as("listener-dan", []);
    assert.equal((await dan("GET /search?type=track&q=amber&offset=1000")).status, 200);
    assert.deepEqual(
      await dan("GET /search?type=track&q=amber&offset=1001"),
      apiError(400, "Invalid offset"),
    );
  });

  it("omits tracks that the account's country cannot play", async () => {
    await harness().control.changePersona({ id: "listener-yui", country: "JP" });
    const query = "q=yuki+amano+last+train";
    assert.deepEqual((await (await searching())(query)).items, []);
    const [found] = (await (await searching("listener-yui"))(`${query}&market=JP`)).items;
    assert.equal(found?.is_playable, true);
  });

  it("filters by artist, album, title, year and ISRC, and by what is new", async () => {
    await harness().control.changeTrack({
      id: spotifyId("fresh"),
      name: "Wet Paint",
      artists: ["Kino Parade"],
      releaseDate: new Date().toISOString().slice(0, 10),
    });
    const search = await searching();
    const names = async (q: string) =>
      (await search(`q=${encodeURIComponent(q)}`)).items.map(({ name }) => name);
    const all = async (q: string) => (await search(`q=${encodeURIComponent(q)}`)).total;
    assert.deepEqual(await names("artist:marta quell track:last exit north"), ["Last Exit North"]);
    assert.deepEqual(await names('track:"Border Radio" year:2019'), ["Border Radio"]);
    assert.deepEqual(await names("border year:2015-2019"), ["Border Radio"]);
    assert.deepEqual(await names("border year:2020-2024"), []);
    assert.deepEqual(await names("isrc:GB-ZZZ-24-00017"), ["Border Radio"]);
    assert.deepEqual(await names("ALBUM:sodium track:sodium"), ["Sodium Orange"]);
    assert.deepEqual(await names("tag:new"), ["Wet Paint"]);
    for (const nothing of ["tag:hipster", "genre:rock", "upc:1", "year:soon", "artist:nobody"]) {
      assert.deepEqual(await names(nothing), [], nothing);
    }
    // A filter is not a word of the text, and a word with a colon is not a filter.
    assert.equal(await all("artist:Kino"), await all("artist:kino parade"));
    assert.equal(await all("smartist:kino"), 0);
  });

  it("keeps the query in the links to other pages", async () => {
    const dan = await harness().as("listener-dan", []);
    const search = await searching();
    const page = await search("q=night&limit=5&offset=5&market=US");
    assert.ok(page.next !== null && page.previous !== null);
    const { searchParams } = new URL(page.next);
    assert.deepEqual(Object.fromEntries(searchParams), {
      ...{ offset: "10", limit: "5", type: "track", q: "night", market: "US" },
    });
    const before = (await dan(`GET ${page.previous.replace(/^.*\/v1/, "")}`)).body;
    const first = (await search("q=night&limit=5&market=US")).items;
    assert.deepEqual(foundTracks.parse(before).tracks.items, first);
    // Spotify's own links say `query`.
    assert.deepEqual((await search("query=night&limit=5&market=US")).items, first);
  });

  it("reports missing parameters", async () => {
    const dan = await harness().as("listener-dan", []);
    for (const [query, message] of [
      ["type=track", "No search query"],
      ["q=%20&type=track", "No search query"],
      ["q=night", "Missing parameter type"],
      ["q=night&type=song", "Bad search type field song"],
    ]) {
      assert.deepEqual(await dan(`GET /search?${query}`), apiError(400, message ?? ""));
    }
  });
});
