import assert from "node:assert/strict";

import { z } from "zod";

import { playlistIds } from "../../spotify/catalogue/startingPlaylists.js";
import {
  newPlaylist,
  oldPlaylist,
  pageOfItems,
  pageOfNewPlaylists,
  pageOfOldPlaylists,
  pageOfTracks,
} from "./shapes.js";
import { apiError, useSpotifyHarness } from "./support.js";

const scopes = ["playlist-read-private", "playlist-read-collaborative"];
const forbidden = apiError(403, "Forbidden");
const absent = apiError(404, "Resource not found");
const insufficient = apiError(403, "Insufficient client scope");

const harbourLights = "spotify:track:5W3cjX2J3tjhG8zb6u0qHn";

describe("GET /v1/me/playlists", () => {
  const harness = useSpotifyHarness();

  it("lists playlists that the user owns, collaborates on or follows", async () => {
    const ada = await harness().as("creator-ada", scopes);
    const { items, total } = pageOfNewPlaylists.parse((await ada("GET /me/playlists")).body);
    assert.equal(total, 8);
    assert.deepEqual(
      items.map((each) => [each.id, each.owner.id, each.items.total, each.public]),
      [
        [playlistIds.nightDrive, "ada.broadcasts", 3, true],
        [playlistIds.everythingAtOnce, "ada.broadcasts", 120, false],
        [playlistIds.fiveHundred, "ada.broadcasts", 500, false],
        [playlistIds.fiveHundredAndOne, "ada.broadcasts", 501, false],
        [playlistIds.twentyThousand, "ada.broadcasts", 20_000, false],
        [playlistIds.empty, "ada.broadcasts", 0, false],
        [playlistIds.collaborative, "31nq7x4bvz2kd6yhw5lrc3tmfaoe", 12, false],
        [playlistIds.bensPublic, "31nq7x4bvz2kd6yhw5lrc3tmfaoe", 40, true],
      ],
    );
    assert.deepEqual(
      items.filter(({ collaborative }) => collaborative).map(({ id }) => id),
      [playlistIds.collaborative],
    );
  });

  it("has the count under the old name in extended mode", async () => {
    await harness().control.setQuotaMode("extended");
    const ada = await harness().as("creator-ada", scopes);
    const { items } = pageOfOldPlaylists.parse((await ada("GET /me/playlists")).body);
    assert.deepEqual(
      items.map(({ tracks }) => tracks.total),
      [3, 120, 500, 501, 20_000, 0, 12, 40],
    );
    assert.match(items[0]?.tracks.href ?? "", /\/tracks$/);
  });

  it("returns 20 per page by default and 50 at most, to the end", async () => {
    const cleo = await harness().as("creator-cleo", scopes);
    const read = async (query: string) =>
      pageOfNewPlaylists.parse((await cleo(`GET /me/playlists${query}`)).body);
    const first = await read("");
    assert.deepEqual(
      [first.items.length, first.limit, first.offset, first.total, first.previous],
      [20, 20, 0, 61, null],
    );
    assert.equal(first.next, "https://api.spotify.com/v1/me/playlists?offset=20&limit=20");
    const last = await read("?limit=50&offset=50");
    assert.deepEqual([last.items.length, last.next], [11, null]);
    assert.equal(last.previous, "https://api.spotify.com/v1/me/playlists?offset=0&limit=50");
    const beyond = await read("?offset=100000&limit=1");
    assert.deepEqual([beyond.items, beyond.next], [[], null]);
  });

  it("refuses invalid pages", async () => {
    const ada = await harness().as("creator-ada", scopes);
    for (const limit of ["0", "51", "-1", "ten", "1.5", ""]) {
      const reply = await ada(`GET /me/playlists?limit=${limit}`);
      assert.deepEqual(reply, apiError(400, "Invalid limit"), limit);
    }
    for (const offset of ["-1", "100001", "x"]) {
      const reply = await ada(`GET /me/playlists?offset=${offset}`);
      assert.deepEqual(reply, apiError(400, "Invalid offset"), offset);
    }
  });

  it("requires playlist-read-private, and hides collaborative playlists without their scope", async () => {
    for (const lacking of [[], ["playlist-read-collaborative"], ["user-library-modify"]]) {
      const ada = await harness().as("creator-ada", lacking);
      assert.deepEqual(await ada("GET /me/playlists"), insufficient);
    }
    const ada = await harness().as("creator-ada", ["playlist-read-private"]);
    const { items, total } = pageOfNewPlaylists.parse((await ada("GET /me/playlists")).body);
    assert.equal(total, 7);
    assert(items.every(({ collaborative }) => !collaborative));
  });

  it("returns artwork in three sizes, an uploaded cover without a size, and null without a picture", async () => {
    const ada = await harness().as("creator-ada", scopes);
    const { items } = pageOfNewPlaylists.parse((await ada("GET /me/playlists")).body);
    const imagesOf = (id: string) => items.find((each) => each.id === id)?.images;
    assert.deepEqual(
      imagesOf(playlistIds.fiveHundred)?.map(({ width }) => width),
      [640, 300, 64],
    );
    assert.deepEqual(
      imagesOf(playlistIds.nightDrive)?.map(({ width }) => width),
      [null],
    );
    assert.equal(imagesOf(playlistIds.empty), null);
  });
});

describe("GET /v1/playlists/{id}", () => {
  const harness = useSpotifyHarness();

  it("returns the whole playlist to its owner and collaborators", async () => {
    const ada = await harness().as("creator-ada", scopes);
    for (const [id, total] of [
      [playlistIds.nightDrive, 3],
      [playlistIds.fiveHundred, 500],
      [playlistIds.collaborative, 12],
    ] as const) {
      const playlist = newPlaylist.parse((await ada(`GET /playlists/${id}`)).body);
      assert.equal(playlist.items?.total, total);
      assert.equal(playlist.items.items.length, Math.min(total, 50));
    }
  });

  it("returns other users' playlists without items, but with them in extended mode", async () => {
    const ada = await harness().as("creator-ada", scopes);
    const path = `GET /playlists/${playlistIds.bensPublic}`;
    const bare = newPlaylist.parse((await ada(path)).body);
    assert.equal(bare.name, "Sunday soul");
    assert.equal("items" in bare, false);
    await harness().control.setQuotaMode("extended");
    assert.equal(oldPlaylist.parse((await ada(path)).body).tracks.total, 40);
  });

  it("hides private playlists from others, and deleted ones from everyone", async () => {
    for (const mode of ["development", "extended"] as const) {
      await harness().control.setQuotaMode(mode);
      const ada = await harness().as("creator-ada", scopes);
      for (const id of [playlistIds.bensPrivate, playlistIds.deleted, "0".repeat(22)]) {
        assert.deepEqual(await ada(`GET /playlists/${id}`), absent);
      }
      const dan = await harness().as("listener-dan", scopes);
      assert.deepEqual(await dan(`GET /playlists/${playlistIds.collaborative}`), absent);
    }
  });

  it("accepts only ids", async () => {
    const ada = await harness().as("creator-ada", scopes);
    for (const id of ["short", "spotify:playlist:x", "%00", `${playlistIds.empty}x`]) {
      for (const path of ["", "/items"]) {
        const reply = await ada(`GET /playlists/${id}${path}`);
        assert.deepEqual(reply, apiError(400, "Invalid base62 id"), id);
      }
    }
  });

  it("requires a scope for playlists that are not public", async () => {
    const bare = await harness().as("creator-ada", []);
    assert.equal((await bare(`GET /playlists/${playlistIds.nightDrive}`)).status, 200);
    assert.deepEqual(await bare(`GET /playlists/${playlistIds.fiveHundred}`), insufficient);
    const half = await harness().as("creator-ada", ["playlist-read-private"]);
    assert.equal((await half(`GET /playlists/${playlistIds.fiveHundred}`)).status, 200);
    assert.deepEqual(await half(`GET /playlists/${playlistIds.collaborative}`), insufficient);
    assert.deepEqual(await half(`GET /playlists/${playlistIds.collaborative}/items`), insufficient);
  });
});

describe("GET /v1/playlists/{id}/items", () => {
  const harness = useSpotifyHarness();
  const items = (id: string, query = "") => `GET /playlists/${id}/items${query}`;

  it("returns the seed's three tracks", async () => {
    const ada = await harness().as("creator-ada", scopes);
    const page = pageOfItems.parse((await ada(items(playlistIds.nightDrive))).body);
    assert.deepEqual(
      page.items.map(({ item }) => [item?.uri, item?.name, item?.duration_ms]),
      [
        [harbourLights, "Harbour Lights", 214_000],
        ["spotify:track:0VjIjW4GlUZAMYd2vXMi3b", "Last Exit North", 187_500],
        ["spotify:track:7qiZfU4dY1lWllzX7mPBI3", "Sodium Orange", 251_300],
      ],
    );
  });

  it("pages through 20,000 tracks, 50 at most per page", async () => {
    const ada = await harness().as("creator-ada", scopes);
    const read = async (query: string) =>
      pageOfItems.parse((await ada(items(playlistIds.twentyThousand, query))).body);
    assert.equal((await read("")).items.length, 20);
    const last = await read("?limit=50&offset=19990");
    assert.deepEqual([last.total, last.items.length, last.next], [20_000, 10, null]);
    assert.equal(
      last.previous,
      `https://api.spotify.com/v1/playlists/${playlistIds.twentyThousand}/items?offset=19940&limit=50`,
    );
    assert.deepEqual(
      await ada(items(playlistIds.twentyThousand, "?limit=51")),
      apiError(400, "Invalid limit"),
    );
  });

  it("returns an empty page for an empty playlist", async () => {
    const ada = await harness().as("creator-ada", scopes);
    const page = pageOfItems.parse((await ada(items(playlistIds.empty))).body);
    assert.deepEqual([page.items, page.total, page.next], [[], 0, null]);
  });

  it("mixes playable and unplayable items", async () => {
    const ada = await harness().as("creator-ada", scopes);
    const path = (offset: number, market: string) =>
      items(playlistIds.everythingAtOnce, `?limit=50&offset=${offset}${market}`);
    const read = async (market: string) => {
      const pages = await Promise.all([0, 50, 100].map((offset) => ada(path(offset, market))));
      return pages.flatMap(({ body }) => pageOfItems.parse(body).items);
    };
    const all = await read("&market=from_token");
    assert.equal(all.length, 120);
    const kinds = all.map(({ item, is_local }) => {
      if (item === null) return "null";
      if (item.type === "episode") return "episode";
      if (is_local) return "local";
      return item.is_playable === true ? "playable" : "unavailable";
    });
    const count = (kind: string) => kinds.filter((each) => each === kind).length;
    assert.deepEqual(
      ["playable", "local", "episode", "null", "unavailable"].map(count),
      [100, 6, 5, 3, 6],
    );
    const playable = all.flatMap(({ item }, index) =>
      kinds[index] === "playable" && item !== null ? [item] : [],
    );
    assert.equal(new Set(playable.map(({ uri }) => uri)).size, 96);
    const local = all.find(({ is_local }) => is_local)?.item;
    assert.equal(local?.uri, "spotify:local:Ada+Okafor::Rehearsal%2C+take+3:95");
    assert.deepEqual(
      [local.id, local.name, local.duration_ms, local.external_urls],
      [null, "Rehearsal, take 3", 95_000, {}],
    );
    // Without a market, nothing reports playability.
    assert((await read("")).every(({ item }) => item?.is_playable !== false));
  });

  it("is forbidden for followers and strangers", async () => {
    for (const persona of ["creator-ada", "listener-dan"]) {
      const someone = await harness().as(persona, scopes);
      assert.deepEqual(await someone(items(playlistIds.bensPublic)), forbidden);
    }
    const dan = await harness().as("listener-dan", scopes);
    assert.deepEqual(await dan(items(playlistIds.nightDrive)), forbidden);
    assert.deepEqual(await dan(items(playlistIds.bensPrivate)), absent);
    assert.deepEqual(await dan(items(playlistIds.deleted)), absent);
  });

  it("is allowed for collaborators", async () => {
    for (const persona of ["creator-ada", "creator-ben", "creator-cleo"]) {
      const someone = await harness().as(persona, scopes);
      assert.equal((await someone(items(playlistIds.collaborative))).status, 200);
    }
  });

  it("does not exist in extended mode", async () => {
    await harness().control.setQuotaMode("extended");
    const ada = await harness().as("creator-ada", scopes);
    assert.deepEqual(await ada(items(playlistIds.nightDrive)), apiError(404, "Service not found"));
  });
});

describe("the parameters of playlists", () => {
  const harness = useSpotifyHarness();
  const playlist = `GET /playlists/${playlistIds.nightDrive}`;

  it("keep the query in links", async () => {
    const ada = await harness().as("creator-ada", scopes);
    const page = pageOfItems.parse(
      (await ada(`${playlist}/items?limit=1&offset=1&market=GB&additional_types=episode`)).body,
    );
    for (const [link, offset] of [
      [page.href, "1"],
      [page.next, "2"],
      [page.previous, "0"],
    ] as const) {
      const { pathname, searchParams } = new URL(link ?? "");
      assert.equal(pathname, `/v1/playlists/${playlistIds.nightDrive}/items`);
      const expected = { offset, limit: "1", market: "GB", additional_types: "episode" };
      assert.deepEqual(Object.fromEntries(searchParams), expected);
    }
    const whole = newPlaylist.parse((await ada(`${playlist}?market=GB&fields=`)).body);
    assert.match(whole.items?.href ?? "", /market=GB$/);
  });

  it("select fields, in any depth", async () => {
    const ada = await harness().as("creator-ada", scopes);
    const pick = async (fields: string, of = "") =>
      (await ada(`${playlist}${of}?fields=${encodeURIComponent(fields)}&limit=1`)).body;
    assert.deepEqual(await pick("name,owner.id"), {
      name: "Night drive",
      owner: { id: "ada.broadcasts" },
    });
    assert.deepEqual(await pick("total,items(item(name,album(name),artists.name))", "/items"), {
      items: [
        {
          item: {
            album: { name: "Last Ferry Home" },
            artists: [{ name: "The Low Tides" }],
            name: "Harbour Lights",
          },
        },
      ],
      total: 3,
    });
    const album = (body: unknown) =>
      z
        .object({ items: z.array(z.object({ item: z.object({ album: z.looseObject({}) }) })) })
        .parse(body).items[0]?.item.album ?? {};
    const less = album(await pick("items.item.album(!images,!artists)", "/items"));
    assert.equal("images" in less || "artists" in less, false);
    assert.ok("name" in less && "uri" in less);
    const without = pageOfItems.safeParse(await pick("!items(added_at)", "/items"));
    assert.deepEqual(
      without.error?.issues.map(({ path }) => path.join(".")),
      ["items.0.added_at"],
    );
    assert.deepEqual(await pick("name,nothing"), { name: "Night drive" });
    for (const wrong of ["name,", "items(", "items(item))", "!", "a b"]) {
      const reply = await ada(`${playlist}?fields=${encodeURIComponent(wrong)}`);
      assert.deepEqual(reply, apiError(400, "Invalid fields"), wrong);
    }
  });

  it("declare support for episodes, which otherwise look like tracks", async () => {
    const ada = await harness().as("creator-ada", scopes);
    const episodes = async (query: string) => {
      const path = `GET /playlists/${playlistIds.everythingAtOnce}/items?limit=50${query}`;
      const { items } = pageOfItems.parse((await ada(path)).body);
      return items.flatMap(({ item }) => (item?.type === "episode" ? [item] : []));
    };
    const asTracks = await episodes("&additional_types=track");
    assert.ok(asTracks.length > 0);
    for (const each of asTracks) {
      assert.ok("album" in each && "artists" in each && !("show" in each));
    }
    const declared = await episodes("&additional_types=track,episode");
    assert.deepEqual(
      declared.map(({ uri }) => uri),
      asTracks.map(({ uri }) => uri),
    );
    for (const each of declared) assert.ok("show" in each && !("album" in each));
  });
});

describe("POST /v1/me/playlists and /v1/playlists/{id}/items", () => {
  const harness = useSpotifyHarness();
  const modify = [...scopes, "playlist-modify-private"];
  const created = z.looseObject({ id: z.string(), public: z.boolean(), name: z.string() });
  const readUris = (body: unknown) => pageOfItems.parse(body).items.map(({ item }) => item?.uri);

  it("create a private playlist, first in the library, and fill it in order", async () => {
    const dan = await harness().as("listener-dan", modify);
    const plan = { name: "Setlist", description: "Of a show", public: false };
    const reply = await dan("POST /me/playlists", plan);
    assert.equal(reply.status, 201);
    const { id, ...made } = created.parse(reply.body);
    assert.deepEqual([made.name, made.public], ["Setlist", false]);
    const listed = pageOfNewPlaylists.parse((await dan("GET /me/playlists")).body).items;
    assert.deepEqual([listed[0]?.id, listed[0]?.description], [id, "Of a show"]);
    const [first, second] = [harbourLights, "spotify:track:0VjIjW4GlUZAMYd2vXMi3b"];
    const add = `POST /playlists/${id}/items`;
    const added = await dan(add, { uris: [first, first] });
    assert.equal(added.status, 201);
    assert.ok(z.strictObject({ snapshot_id: z.string() }).safeParse(added.body).success);
    assert.equal((await dan(`${add}?uris=${second}&position=1`)).status, 201);
    assert.deepEqual(readUris((await dan(`GET /playlists/${id}/items`)).body), [
      ...[first, second, first],
    ]);
    const eve = await harness().as("listener-eve", modify);
    assert.deepEqual(await eve(add, { uris: [first] }), absent);
  });

  it("refuse invalid requests and missing scopes, and change nothing", async () => {
    const dan = await harness().as("listener-dan", modify);
    const missing = apiError(400, "Missing required field: name");
    for (const body of [{}, "{", { name: "" }, { name: "x".repeat(101) }]) {
      assert.deepEqual(await dan("POST /me/playlists", body), missing);
    }
    assert.deepEqual(await dan("POST /me/playlists", { name: "Public" }), insufficient);
    const add = `POST /playlists/${playlistIds.dans}/items`;
    const uris = (count: number) => Array.from({ length: count }, () => harbourLights);
    for (const [body, message] of [
      [{ uris: uris(101) }, "You can add a maximum of 100 tracks per request."],
      [{ uris: [] }, "No uris provided"],
      [{}, "No uris provided"],
      [{ uris: ["spotify:local:a:b:c:1"] }, "Invalid track uri: spotify:local:a:b:c:1"],
      [{ uris: [`spotify:track:${"0".repeat(22)}`] }, "Payload contains a non-existing ID"],
    ] as const) {
      assert.deepEqual(await dan(add, body), apiError(400, message));
    }
    const others = `POST /playlists/${playlistIds.bensPublic}/items`;
    assert.equal((await dan(others, { uris: uris(1) })).status, 403);
    const reader = await harness().as("listener-dan", scopes);
    assert.deepEqual(await reader(add, { uris: uris(1) }), insufficient);
    assert.deepEqual(
      await reader("POST /me/playlists", { name: "Private", public: false }),
      insufficient,
    );
    const page = pageOfItems.parse((await dan(`GET /playlists/${playlistIds.dans}/items`)).body);
    assert.equal(page.total, 2);
    assert.equal(pageOfNewPlaylists.parse((await dan("GET /me/playlists")).body).total, 1);
  });

  it("have their old names in extended mode only", async () => {
    const dan = await harness().as("listener-dan", modify);
    const plan = { name: "Setlist", public: false };
    const body = { uris: [harbourLights] };
    assert.deepEqual(await dan("POST /users/1187264530/playlists", plan), forbidden);
    assert.deepEqual(await dan(`POST /playlists/${playlistIds.dans}/tracks`, body), forbidden);
    await harness().control.setQuotaMode("extended");
    assert.equal((await dan("POST /users/1187264530/playlists", plan)).status, 201);
    assert.equal((await dan("POST /users/ada.broadcasts/playlists", plan)).status, 403);
    assert.equal((await dan(`POST /playlists/${playlistIds.dans}/tracks`, body)).status, 201);
    assert.equal((await dan(`POST /playlists/${playlistIds.dans}/items`, body)).status, 404);
  });
});

describe("GET /v1/playlists/{id}/tracks", () => {
  const harness = useSpotifyHarness();
  const tracks = (id: string, query = "") => `GET /playlists/${id}/tracks${query}`;

  it("is forbidden in development mode, even for one's own playlist", async () => {
    const ada = await harness().as("creator-ada", scopes);
    for (const id of [playlistIds.nightDrive, playlistIds.bensPublic]) {
      assert.deepEqual(await ada(tracks(id)), forbidden);
    }
  });

  it("returns pages of a hundred in the old format in extended mode, even of other users' public playlists", async () => {
    await harness().control.setQuotaMode("extended");
    const ada = await harness().as("creator-ada", scopes);
    const read = async (id: string, query = "") =>
      pageOfTracks.parse((await ada(tracks(id, query))).body);
    assert.equal((await read(playlistIds.fiveHundredAndOne)).items.length, 100);
    const last = await read(playlistIds.fiveHundredAndOne, "?limit=100&offset=500");
    assert.deepEqual([last.items.length, last.total, last.next], [1, 501, null]);
    assert.equal((await read(playlistIds.bensPublic)).items.length, 40);
    assert.deepEqual(
      await ada(tracks(playlistIds.fiveHundred, "?limit=101")),
      apiError(400, "Invalid limit"),
    );
    assert.deepEqual(await ada(tracks(playlistIds.bensPrivate)), absent);
  });

  it("contains null, local files and episodes", async () => {
    await harness().control.setQuotaMode("extended");
    const ada = await harness().as("creator-ada", scopes);
    const page = pageOfTracks.parse(
      (await ada(tracks(playlistIds.everythingAtOnce, "?limit=100"))).body,
    );
    assert(page.items.some(({ track }) => track === null));
    assert(page.items.some(({ track }) => track?.type === "episode"));
    assert(page.items.some(({ is_local }) => is_local));
    const markets = page.items.map(({ track }) => track?.available_markets);
    assert(markets.some((each) => Array.isArray(each) && each.includes("GB")));
  });
});
