import assert from "node:assert/strict";
import { playlistIds } from "../../../local/spotify/catalogue/startingPlaylists.js";
import { Refusal } from "../../src/errors.js";
import { manualClock } from "../support/manualClock.js";
import { startOwnSpotify, type OwnSpotify } from "../support/ownSpotify.js";
import { refuses } from "../support/refuses.js";

type ManualClock = ReturnType<typeof manualClock>;
type Request = (token: string, deadline: number) => Promise<unknown>;

const page = { offset: 0, limit: 5 };
const id = playlistIds.nightDrive;
/** Every request that the server may repeat, because it only reads. */
const requestsTo = (spotify: OwnSpotify, clock: ManualClock) => {
  const catalog = spotify.catalog(clock);
  return {
    getProfile: (token, deadline) => spotify.gateway(clock).getProfile(token, deadline),
    listPlaylists: (token, deadline) => catalog.listPlaylists(token, page, deadline),
    getPlaylist: (token, deadline) => catalog.getPlaylist(token, id, deadline),
    readPlaylist: (token, deadline) => catalog.readPlaylist(token, id, { offset: 0 }, deadline),
    searchTracks: (token, deadline) => catalog.searchTracks(token, "night", page, deadline),
    getTrack: (token, deadline) => catalog.getTrack(token, "5W3cjX2J3tjhG8zb6u0qHn", deadline),
  } satisfies Record<string, Request>;
};
const catalogRequests = [
  "listPlaylists",
  "getPlaylist",
  "readPlaylist",
  "searchTracks",
  "getTrack",
] as const;

const json = { "content-type": "application/json" };

describe("Spotify with failures", () => {
  let spotify: OwnSpotify;
  let clock: ManualClock;
  let token: string;

  before(async () => {
    spotify = await startOwnSpotify();
  });
  after(() => spotify.close());
  beforeEach(async () => {
    clock = manualClock();
    await spotify.reset();
    token = (await spotify.grant(clock, "creator-ada")).accessToken;
    await spotify.control.clearRequests();
  });

  const fail = (fault: Omit<Parameters<OwnSpotify["control"]["faults"]["set"]>[0], "match">) =>
    spotify.control.faults.set({ match: "GET /v1/", ...fault });

  const inTenSeconds = () => clock.now() + 10_000;

  for (const name of ["getProfile", ...catalogRequests] as const) {
    describe(name, () => {
      const send = (deadline = inTenSeconds()) => requestsTo(spotify, clock)[name](token, deadline);
      const attempts = async () => (await spotify.requests()).length;

      it("succeeds without a failure", async () => {
        assert.ok(await send());
      });

      it("waits as long as Retry-After says", async () => {
        await fail({ times: 1, status: 429, headers: { "retry-after": "3" } });
        assert.ok(await send());
        assert.deepEqual(clock.slept, [3_000]);
      });

      it("does not wait beyond its deadline, but says how long to wait", async () => {
        await fail({ times: 1, status: 429, headers: { "retry-after": "60" } });
        await assert.rejects(send(), refuses("SPOTIFY_RATE_LIMITED", { retryAfterSeconds: 60 }));
        assert.deepEqual(clock.slept, []);
      });

      it("backs off by itself without Retry-After, then reports Spotify's window", async () => {
        await fail({ times: 9, status: 429 });
        await assert.rejects(send(), refuses("SPOTIFY_RATE_LIMITED", { retryAfterSeconds: 30 }));
        assert.deepEqual(clock.slept, [250, 500]);
        assert.equal(await attempts(), 3);
      });

      it("does not retry when the developer account is over its quota", async () => {
        const error = { status: 429, message: "quota", reason: "QUOTA_EXCEEDED" };
        const headers = { "retry-after": "1" };
        await fail({ times: 1, status: 429, headers, body: { error } });
        await assert.rejects(send(), refuses("SPOTIFY_QUOTA_EXCEEDED", { retryAfterSeconds: 1 }));
        await fail({ times: 9, status: 429, body: { error } });
        await assert.rejects(send(), refuses("SPOTIFY_QUOTA_EXCEEDED"));
        assert.equal(await attempts(), 2);
        assert.deepEqual(clock.slept, []);
      });

      it("understands a rate limit without JSON", async () => {
        const headers = { ...json, "retry-after": "60" };
        await fail({ times: 1, status: 429, headers, body: "<html>Too many requests</html>" });
        await assert.rejects(send(), refuses("SPOTIFY_RATE_LIMITED", { retryAfterSeconds: 60 }));
      });

      for (const [what, fault] of [
        ["a 500", { status: 500 }],
        ["a 502 in HTML", { status: 502, headers: json, body: "<html>Bad gateway</html>" }],
        ["a 503", { status: 503 }],
        ["a cut connection", { drop: true }],
        ["a broken body", { status: 200, headers: json, body: '{"items":' }],
      ] as const) {
        it(`retries after ${what}, but gives up after three attempts`, async () => {
          await fail({ times: 1, ...fault });
          assert.ok(await send());
          await spotify.control.clearRequests();
          await fail({ times: 9, ...fault });
          await assert.rejects(send(), refuses("SPOTIFY_UNAVAILABLE"));
          assert.equal(await attempts(), 3);
        });
      }

      it("does not wait for an answer that never arrives", async () => {
        await fail({ times: 9, delayMs: 60_000 });
        await assert.rejects(send(clock.now() + 50), refuses("SPOTIFY_UNAVAILABLE"));
      });

      it("sends no request when no time is left", async () => {
        await assert.rejects(send(clock.now()), refuses("SPOTIFY_UNAVAILABLE"));
        assert.deepEqual(await spotify.requests(), []);
      });

      for (const [what, body] of [
        ["null", "null"],
        ["a list", "[]"],
        ["an object of another shape", '{"hello":"world"}'],
        ["items that are not a list", '{"total":1,"items":7,"tracks":{"items":7},"name":7}'],
      ] as const) {
        it(`does not accept ${what} as an answer`, async () => {
          await fail({ times: 1, status: 200, headers: json, body });
          await assert.rejects(send(), refuses("SPOTIFY_UNAVAILABLE"));
        });
      }

      it("reports an account off the allow-list, which Spotify answers in plain text", async () => {
        token = (await spotify.grant(clock, "listener-hal")).accessToken;
        await assert.rejects(send(), refuses("SPOTIFY_NOT_ALLOWED"));
      });

      it("keeps the token out of its errors", async () => {
        await fail({ times: 9, status: 401, body: { error: { status: 401, message: token } } });
        await assert.rejects(send(), (error: Error) => {
          assert.ok(!`${error.stack ?? ""}${JSON.stringify(error)}`.includes(token));
          return error instanceof Refusal;
        });
      });
    });
  }

  for (const name of catalogRequests) {
    const send = () => requestsTo(spotify, clock)[name](token, inTenSeconds());

    it(`reports a lost grant when Spotify does not know the token of ${name}`, async () => {
      await spotify.control.expire("creator-ada");
      await assert.rejects(send(), refuses("SPOTIFY_RELINK_REQUIRED"));
    });

    it(`reports a lost grant when a scope of ${name} is missing`, async () => {
      const body = { error: { status: 403, message: "Insufficient client scope" } };
      await fail({ times: 9, status: 403, body });
      await assert.rejects(send(), refuses("SPOTIFY_RELINK_REQUIRED"));
    });
  }

  it("uses each caller's own token, even in simultaneous calls", async () => {
    const catalog = spotify.catalog(clock);
    const people = ["creator-ada", "creator-ben", "creator-cleo"];
    const grants = await Promise.all(people.map((persona) => spotify.grant(clock, persona)));
    const listsOf = await Promise.all(
      grants.map(({ accessToken }) =>
        catalog.listPlaylists(accessToken, { offset: 0, limit: 50 }, clock.now() + 10_000),
      ),
    );
    const again = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const grant = grants[index % people.length];
        assert.ok(grant);
        const all = { offset: 0, limit: 50 };
        return catalog.listPlaylists(grant.accessToken, all, clock.now() + 10_000);
      }),
    );
    for (const [index, list] of again.entries()) {
      assert.deepEqual(list, listsOf[index % people.length]);
    }
  });
});
