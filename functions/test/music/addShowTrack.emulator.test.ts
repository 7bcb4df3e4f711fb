import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { randomUUID } from "node:crypto";
import { nightDrive, unavailable } from "../../../local/spotify/catalogue/namedTracks.js";
import { inventedTracks } from "../../../local/spotify/catalogue/inventedTracks.js";
import { trackUri as uriOfTrack } from "../../../local/spotify/catalogue/track.js";
import { showRef } from "../../src/collections.js";
import type { RefusalDetails, RefusalReason } from "../../src/contract/reasons.js";
import { limits } from "../../src/contract/limits.js";
import { allowanceRef } from "../../src/limits/spend.js";
import { addShowTrack } from "../../src/music/addShowTrack.js";
import { playbackAt } from "../../src/contract/playbackAt.js";
import type { SpotifyCatalog } from "../../src/ports/spotifyCatalog.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { callAgain } from "../support/callAgain.js";
import { musicScene, type MusicScene } from "../support/musicScene.js";
import { startOwnSpotify, type OwnSpotify } from "../support/ownSpotify.js";
import { refuses } from "../support/refuses.js";
import { lettersOf, tracks, uriOf } from "../support/tracks.js";

const harbourLights = uriOfTrack(nightDrive[0]?.id ?? "");
const lastExit = uriOfTrack(nightDrive[1]?.id ?? "");

describe("addShowTrack", () => {
  let firestore: Firestore;
  let spotify: OwnSpotify;
  let scene: MusicScene;

  before(async () => {
    firestore = quietFirestore();
    spotify = await startOwnSpotify();
  });
  after(() => Promise.all([spotify.close(), firestore.terminate()]));
  beforeEach(async () => {
    await spotify.reset();
    scene = await musicScene(firestore, spotify);
    await scene.putList(tracks("A B"), 3);
  });

  const add = (
    trackUri: string,
    { requestId = randomUUID(), by = scene.ada }: { requestId?: string; by?: Person } = {},
  ) =>
    addShowTrack(
      scene.deps,
      { uid: by.uid, isAdmin: false },
      { showId: scene.showId, trackUri, requestId },
    );
  const uris = async () => (await scene.list())?.tracks.map(({ uri }) => uri);
  const isRefused = async (
    act: () => Promise<unknown>,
    reason: RefusalReason,
    details: RefusalDetails = {},
  ) => {
    const before = await scene.everything();
    await assert.rejects(act(), refuses(reason, details));
    assert.deepEqual(await scene.everything(), before);
  };

  for (const quotaMode of ["development", "extended"] as const) {
    it(`appends Spotify's version of the track in ${quotaMode} mode`, async () => {
      await spotify.control.setQuotaMode(quotaMode);
      assert.deepEqual(await add(harbourLights), { revision: 4 });
      const list = await scene.list();
      assert.equal(list?.revision, 4);
      assert.deepEqual(list.tracks.slice(0, 2), tracks("A B"));
      assert.partialDeepStrictEqual(list.tracks[2], {
        uri: harbourLights,
        name: "Harbour Lights",
        artists: ["The Low Tides"],
        durationMs: 214_000,
        explicit: false,
      });
      assert.match(list.tracks[2]?.imageUrl ?? "", /ab67616d00001e02/);
      assert.equal((await scene.lengths(4))?.length, 3);
    });
  }

  it("creates a playlist if there is none", async () => {
    scene = await musicScene(firestore, spotify, "draft");
    assert.deepEqual(await add(harbourLights), { revision: 1 });
    assert.deepEqual(await uris(), [harbourLights]);
  });

  it("updates the show's track count", async () => {
    const playlist = { id: "p", name: "Mix", imageUrl: null, trackCount: 2 };
    await showRef(firestore, scene.showId).update({ playlist });
    await add(harbourLights);
    assert.deepEqual((await scene.show())?.playlist, { ...playlist, trackCount: 3 });
  });

  it("adds an existing track again for a new request", async () => {
    await add(harbourLights);
    assert.deepEqual(await add(harbourLights), { revision: 5 });
    assert.deepEqual((await uris())?.slice(2), [harbourLights, harbourLights]);
  });

  describe("a repeated request", () => {
    it("gets the same answer, adds once, and does not call Spotify again", async () => {
      const requestId = randomUUID();
      assert.deepEqual(await add(harbourLights, { requestId }), { revision: 4 });
      await spotify.control.clearRequests();
      const before = await scene.everything();
      assert.deepEqual(await add(harbourLights, { requestId }), { revision: 4 });
      assert.deepEqual(await scene.everything(), before);
      assert.deepEqual(await spotify.requests(), []);
    });

    it("gets the same answer after others changed the playlist", async () => {
      const requestId = randomUUID();
      await add(harbourLights, { requestId });
      await add(lastExit);
      assert.deepEqual(await add(harbourLights, { requestId }), { revision: 4 });
      assert.equal((await uris())?.length, 4);
    });

    it("adds once when it arrives several times at once", async () => {
      const requestId = randomUUID();
      const answers = await Promise.all(
        Array.from({ length: 3 }, () => callAgain(() => add(harbourLights, { requestId }))),
      );
      assert.deepEqual(answers, Array(3).fill({ revision: 4 }));
      assert.equal((await uris())?.length, 3);
    });

    it("is refused for a different track", async () => {
      const requestId = randomUUID();
      await add(harbourLights, { requestId });
      await isRefused(() => add(lastExit, { requestId }), "INVALID_ARGUMENT", {
        issues: [{ path: "requestId", message: "has been used for another track" }],
      });
    });

    it("is a new request in another show", async () => {
      const requestId = randomUUID();
      await add(harbourLights, { requestId });
      scene = await musicScene(firestore, spotify);
      assert.deepEqual(await add(harbourLights, { requestId }), { revision: 1 });
    });

    it("adds once even if the playlist is full afterwards", async () => {
      await scene.putList(many(499), 8);
      const requestId = randomUUID();
      assert.deepEqual(await add(harbourLights, { requestId }), { revision: 9 });
      assert.deepEqual(await add(harbourLights, { requestId }), { revision: 9 });
      await isRefused(() => add(lastExit), "PLAYLIST_TOO_LARGE");
      assert.equal((await uris())?.length, 500);
    });
  });

  it("counts a repeated request only once, and does not call Spotify beyond the limit", async () => {
    const allowance = allowanceRef(firestore, "addTrack", scene.ada.uid);
    const requestId = randomUUID();
    await add(harbourLights, { requestId });
    const left = (await allowance.get()).data();
    assert.ok(left);
    await add(harbourLights, { requestId });
    assert.deepEqual((await allowance.get()).data(), left);

    const { count, seconds } = limits.addTrack;
    const usedUp = Timestamp.fromMillis(scene.deps.clock.now() + seconds * 1_000);
    await allowance.set({ expiresAt: usedUp });
    const requests = await spotify.requests();
    const retryAfterSeconds = seconds / count;
    await isRefused(() => add(lastExit), "RATE_LIMITED", { retryAfterSeconds });
    assert.deepEqual(await spotify.requests(), requests);
    assert.ok(await add(harbourLights, { requestId }), "the retry still gets its answer");
  });

  it("adds both tracks of two simultaneous hosts", async () => {
    const ben = await scene.cohost("Ben", "creator-ben");
    const answers = await Promise.all([
      callAgain(() => add(harbourLights)),
      callAgain(() => add(lastExit, { by: ben })),
    ]);
    assert.deepEqual(answers.map(({ revision }) => revision).sort(), [4, 5]);
    assert.deepEqual((await uris())?.slice(2).sort(), [harbourLights, lastExit].sort());
    assert.equal((await scene.lengths(5))?.length, 4);
  });

  for (const [what, uri] of [
    ["does not have", uriOf("0")],
    ["cannot play in this country", uriOfTrack(unavailable[0]?.id ?? "")],
    ["lists without any data", uriOfTrack(unavailable.at(-1)?.id ?? "")],
  ] as const) {
    it(`refuses a track that Spotify ${what}`, async () => {
      await isRefused(() => add(uri), "TRACK_NOT_FOUND");
    });
  }

  for (const [what, fault, reason, details] of [
    ["limits", { status: 429, headers: { "retry-after": "90" } }, "SPOTIFY_RATE_LIMITED", 90],
    ["is down", { status: 500 }, "SPOTIFY_UNAVAILABLE", undefined],
  ] as const) {
    it(`adds nothing when Spotify ${what}`, async () => {
      await spotify.control.faults.set({ match: "GET /v1/tracks", times: 9, ...fault });
      await isRefused(
        () => add(harbourLights),
        reason,
        details === undefined ? {} : { retryAfterSeconds: details },
      );
    });
  }

  it("uses the caller's Spotify grant, and requires one", async () => {
    const ben = await scene.cohost("Ben", "creator-ben");
    await spotify.control.clearRequests();
    await add(harbourLights, { by: ben });
    const askers = (await spotify.control.requests()).map(({ persona }) => persona);
    assert.deepEqual(askers, ["creator-ben"]);
    const eve = await scene.cohost("Eve");
    await isRefused(() => add(lastExit, { by: eve }), "SPOTIFY_RELINK_REQUIRED");
  });

  it("adds nothing to a show that ended during the call to Spotify", async () => {
    const original = scene.deps.catalog;
    const catalog: SpotifyCatalog = {
      ...original,
      getTrack: async (...args) => {
        await showRef(firestore, scene.showId).update({ status: "ended" });
        return original.getTrack(...args);
      },
    };
    await assert.rejects(
      addShowTrack(
        { ...scene.deps, catalog },
        { uid: scene.ada.uid, isAdmin: false },
        { showId: scene.showId, trackUri: harbourLights, requestId: "late" },
      ),
      refuses("SHOW_OVER", { status: "ended" }),
    );
    assert.equal(lettersOf((await scene.list())?.tracks ?? []), "A B");
  });

  describe("in music mode", () => {
    const putOn = (positionMs = 0) =>
      scene.putOn({ trackUri: uriOf("A"), positionMs, sequence: 6, playlistRevision: 3 });

    it("re-anchors in the same transaction, so that the current track continues", async () => {
      await showRef(firestore, scene.showId).update({
        playlist: { id: "p", name: "Mix", imageUrl: null, trackCount: 2 },
      });
      await putOn();
      scene.deps.clock.advance(1_250);
      await add(harbourLights);
      assert.deepEqual(await scene.playback(), {
        mode: "music",
        trackUri: uriOf("B"),
        trackIndex: 1,
        positionMs: 250,
        paused: false,
        at: Timestamp.fromMillis(scene.deps.clock.now()),
        by: scene.ada.uid,
        sequence: 7,
        playlistRevision: 4,
      });
      assert.ok(await scene.wereWrittenTogether());
    });

    it("does not restart when the music is over", async () => {
      await putOn();
      scene.deps.clock.advance(2_000);
      await add(harbourLights);
      const [playback, list] = [await scene.playback(), await scene.list()];
      assert.ok(playback && list);
      for (const later of [0, 60_000]) {
        const moment = playbackAt(playback, list.tracks, scene.deps.clock.now() + later);
        assert.equal(moment.kind, "over");
      }
    });

    it("changes nothing for a request that was already answered", async () => {
      await putOn();
      const requestId = randomUUID();
      await add(harbourLights, { requestId });
      const before = await scene.playback();
      scene.deps.clock.advance(100);
      await add(harbourLights, { requestId });
      assert.deepEqual(await scene.playback(), before);
    });
  });
});

/** The local Spotify's first `count` tracks, as a playlist stores them. */
const many = (count: number) =>
  inventedTracks()
    .slice(0, count)
    .map(({ id, name, artists, durationMs, explicit }) => ({
      uri: uriOfTrack(id),
      name,
      artists: [...artists],
      durationMs,
      imageUrl: null,
      explicit,
    }));
