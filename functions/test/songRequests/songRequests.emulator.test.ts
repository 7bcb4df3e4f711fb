import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { inventedTracks } from "../../../local/spotify/catalogue/inventedTracks.js";
import { nightDrive } from "../../../local/spotify/catalogue/namedTracks.js";
import { trackUri as uriOfTrack } from "../../../local/spotify/catalogue/track.js";
import {
  feedRef,
  participantRef,
  showRef,
  songRequestRef,
  songVotesRef,
} from "../../src/collections.js";
import type { ParticipantDocument } from "../../src/contract/audience.js";
import { MAX_TRACKS, trackIdOf as idOf } from "../../src/contract/music.js";
import type { RefusalDetails, RefusalReason } from "../../src/contract/reasons.js";
import { defaultSettings } from "../../src/contract/shows.js";
import { MAX_SONG_VOTES, type SongRequestDocument } from "../../src/contract/songRequests.js";
import { publishFeed } from "../../src/feed/publishFeed.js";
import type { SpotifyCatalog } from "../../src/ports/spotifyCatalog.js";
import { endShow } from "../../src/shows/endShow.js";
import { decideSongRequest } from "../../src/songRequests/decideSongRequest.js";
import { requestSong } from "../../src/songRequests/requestSong.js";
import { participantIn, quietFirestore, type Person } from "../support/backstage.js";
import { callAgain } from "../support/callAgain.js";
import { as } from "../support/callers.js";
import { musicScene, type MusicScene } from "../support/musicScene.js";
import { startOwnSpotify, type OwnSpotify } from "../support/ownSpotify.js";
import { refuses } from "../support/refuses.js";
import { lettersOf, tracks, uriOf } from "../support/tracks.js";

const [harbourLights = "", lastExit = "", third = "", fourth = ""] = [
  ...nightDrive.slice(0, 2),
  ...inventedTracks(),
].map(({ id }) => uriOfTrack(id));
const harbourId = idOf(harbourLights);
const song = {
  name: "Some Song",
  artists: ["The Low Tides"],
  durationMs: 1_000,
  imageUrl: null,
  explicit: false,
};

describe("song requests", () => {
  let firestore: Firestore;
  let spotify: OwnSpotify;
  let scene: MusicScene;
  let dan: Person;

  before(async () => {
    firestore = quietFirestore();
    spotify = await startOwnSpotify();
  });
  after(() => Promise.all([spotify.close(), firestore.terminate()]));
  beforeEach(async () => {
    await spotify.reset();
    scene = await musicScene(firestore, spotify);
    await scene.putList(tracks("A B"), 3);
    dan = await listener("Dan", "listener-dan");
    await spotify.control.clearRequests();
  });

  const listener = async (
    name: string,
    persona?: string,
    place: Partial<ParticipantDocument> = {},
  ): Promise<Person> => {
    const person = await scene.person(name, persona);
    await participantIn(scene.showId, person, place, firestore);
    return person;
  };
  const request = (trackUri = harbourLights, by = dan, deps = scene.deps) =>
    requestSong(deps, as(by), { showId: scene.showId, trackUri });
  const decide = (decision: "accept" | "decline", by = scene.ada, requestId = harbourId) =>
    decideSongRequest(scene.deps, as(by), { showId: scene.showId, requestId, decision });
  const found = async (requestId = harbourId) =>
    (await songRequestRef(firestore, scene.showId, requestId).get()).data();
  const votesOf = async ({ uid }: Person) =>
    (await songVotesRef(firestore, scene.showId, uid).get()).data()?.requestIds;
  /** A request past the callable, as the server stores it. */
  const given = (id: string, changes: Partial<SongRequestDocument> = {}) =>
    songRequestRef(firestore, scene.showId, id).set({
      track: { ...song, uri: `spotify:track:${id}` },
      requestedBy: "spotify_someone",
      createdAt: Timestamp.fromMillis(scene.deps.clock.now()),
      status: "open",
      decidedAt: null,
      decidedBy: null,
      ...changes,
    });
  const isRefused = async (
    act: () => Promise<unknown>,
    reason: RefusalReason,
    details: RefusalDetails = {},
  ) => {
    const before = await scene.everything();
    await assert.rejects(act(), refuses(reason, details));
    assert.deepEqual(await scene.everything(), before);
  };

  describe("requesting", () => {
    it("stores Spotify's version of the track, read with the caller's grant, and their vote", async () => {
      assert.deepEqual(await request(), { requestId: harbourId });
      assert.partialDeepStrictEqual(await found(), {
        track: { uri: harbourLights, name: "Harbour Lights", artists: ["The Low Tides"] },
        requestedBy: dan.uid,
        createdAt: Timestamp.fromMillis(scene.deps.clock.now()),
        status: "open",
        decidedAt: null,
        decidedBy: null,
      });
      assert.deepEqual(await votesOf(dan), [harbourId]);
      const askers = (await spotify.control.requests()).map(({ persona }) => persona);
      assert.deepEqual(askers, ["listener-dan"]);
      assert.equal(lettersOf((await scene.list())?.tracks ?? []), "A B");
    });

    it("only votes for a song that is requested already, without Spotify", async () => {
      await request();
      await spotify.control.clearRequests();
      const cleo = await listener("Cleo");
      assert.deepEqual(await request(harbourLights, cleo), { requestId: harbourId });
      assert.deepEqual(await spotify.requests(), []);
      assert.equal((await found())?.requestedBy, dan.uid);
      assert.deepEqual(await votesOf(cleo), [harbourId]);
      // The retry of a lost answer.
      await request();
      assert.deepEqual(await votesOf(dan), [harbourId]);
    });

    it("stores one request with both votes when two people ask at once", async () => {
      const cleo = await listener("Cleo", "creator-ben");
      await Promise.all([dan, cleo].map((by) => callAgain(() => request(harbourLights, by))));
      assert.equal((await found())?.status, "open");
      assert.deepEqual([await votesOf(dan), await votesOf(cleo)], [[harbourId], [harbourId]]);
    });

    it("replaces the oldest of 20 votes", async () => {
      const ids = Array.from({ length: MAX_SONG_VOTES }, (_, index) =>
        String(index).padStart(22, "V"),
      );
      const at = Timestamp.fromMillis(scene.deps.clock.now());
      await songVotesRef(firestore, scene.showId, dan.uid).set({ requestIds: ids, at });
      await request();
      assert.deepEqual(await votesOf(dan), [...ids.slice(1), harbourId]);
    });

    it("allows three open requests per person, and another after a decision", async () => {
      for (const uri of [harbourLights, lastExit, third]) await request(uri);
      await spotify.control.clearRequests();
      await isRefused(() => request(fourth), "SONG_REQUEST_LIMIT");
      assert.deepEqual(await spotify.requests(), []);
      await decide("decline");
      await request(fourth);
      assert.equal((await found(idOf(fourth)))?.status, "open");
    });

    it("keeps the limit of three under simultaneous requests", async () => {
      for (const uri of [harbourLights, lastExit]) await request(uri);
      const outcomes = await Promise.allSettled(
        [third, fourth].map((uri) => callAgain(() => request(uri))),
      );
      assert.deepEqual(outcomes.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    });

    it("is refused in a show with 100 open requests, and a vote is not", async () => {
      const ids = Array.from({ length: 100 }, (_, index) => String(index).padStart(22, "R"));
      await Promise.all(ids.map((id) => given(id)));
      await isRefused(() => request(), "SONG_REQUESTS_FULL");
      assert.deepEqual(await spotify.requests(), []);
      await request(`spotify:track:${ids[0]}`);
      assert.deepEqual(await votesOf(dan), [ids[0]]);
    });

    it("is refused for a song that plays now or later, and accepted for one that is over", async () => {
      await scene.putOn({ trackUri: uriOf("A"), sequence: 6, playlistRevision: 3 });
      await isRefused(() => request(uriOf("A")), "SONG_ALREADY_COMING");
      await isRefused(() => request(uriOf("B")), "SONG_ALREADY_COMING");
      scene.deps.clock.advance(1_500);
      await given("A".repeat(22));
      await request(uriOf("A"));
      assert.deepEqual(await votesOf(dan), ["A".repeat(22)]);
    });

    for (const status of ["accepted", "declined"] as const) {
      it(`is refused for a song that was ${status}`, async () => {
        await given(harbourId, { status });
        await isRefused(() => request(), "REQUEST_NOT_PENDING", { status });
      });
    }

    it("is refused while the hosts take none", async () => {
      const settings = { ...defaultSettings, songRequestsOpen: false };
      await showRef(firestore, scene.showId).update({ settings });
      await isRefused(() => request(), "SONG_REQUESTS_CLOSED");
    });

    it("is refused for people who are not present, or have not accepted the terms", async () => {
      const hal = await scene.person("Hal");
      await isRefused(() => request(harbourLights, hal), "NOT_PARTICIPANT");
      for (const state of ["left", "lost", "removed"] as const) {
        await participantRef(firestore, scene.showId, dan.uid).update({ state });
        await isRefused(() => request(), "NOT_PARTICIPANT");
      }
      const eve = await listener("Eve", undefined, { hasAcceptedTerms: false });
      await isRefused(() => request(harbourLights, eve), "TERMS_NOT_ACCEPTED");
    });

    it("is refused for a track that Spotify does not have, and without a grant", async () => {
      await isRefused(() => request(uriOf("0")), "TRACK_NOT_FOUND");
      const eve = await listener("Eve");
      await isRefused(() => request(harbourLights, eve), "SPOTIFY_RELINK_REQUIRED");
    });

    it("is refused if the show ended or the person was removed during the call to Spotify", async () => {
      const during = (happens: () => Promise<unknown>) => {
        const { catalog } = scene.deps;
        const slow: SpotifyCatalog = {
          ...catalog,
          getTrack: async (...args) => {
            await happens();
            return catalog.getTrack(...args);
          },
        };
        return request(harbourLights, dan, { ...scene.deps, catalog: slow });
      };
      const place = participantRef(firestore, scene.showId, dan.uid);
      await assert.rejects(
        during(() => place.update({ state: "removed" })),
        refuses("NOT_PARTICIPANT"),
      );
      await place.update({ state: "present" });
      await assert.rejects(
        during(() => showRef(firestore, scene.showId).update({ status: "ended" })),
        refuses("SHOW_NOT_LIVE", { status: "ended" }),
      );
      assert.equal(await found(), undefined);
    });
  });

  describe("a host's decision", () => {
    beforeEach(() => request());

    it("adds an accepted song to the end of the playlist, once", async () => {
      assert.deepEqual(await decide("accept"), { status: "accepted" });
      const list = await scene.list();
      assert.equal(list?.revision, 4);
      assert.equal(list.tracks[2]?.uri, harbourLights);
      assert.partialDeepStrictEqual(await found(), {
        status: "accepted",
        decidedBy: scene.ada.uid,
        decidedAt: Timestamp.fromMillis(scene.deps.clock.now()),
      });
      const before = await scene.everything();
      assert.deepEqual(await decide("accept"), { status: "accepted" });
      assert.deepEqual(await scene.everything(), before);
      await isRefused(() => decide("decline"), "REQUEST_NOT_PENDING", { status: "accepted" });
    });

    it("leaves the playlist alone when it declines", async () => {
      assert.deepEqual(await decide("decline"), { status: "declined" });
      assert.equal((await scene.list())?.revision, 3);
      await isRefused(() => decide("accept"), "REQUEST_NOT_PENDING", { status: "declined" });
    });

    it("is made once when two hosts decide at once", async () => {
      const ben = await scene.cohost("Ben");
      const answers = await Promise.all([
        callAgain(() => decide("accept")),
        callAgain(() => decide("accept", ben)),
      ]);
      assert.deepEqual(answers, Array(2).fill({ status: "accepted" }));
      assert.equal((await scene.list())?.tracks.length, 3);
    });

    it("does not add a song again that a host added by hand", async () => {
      const track = (await found())?.track;
      assert.ok(track);
      await scene.putList([...tracks("A B"), track], 4);
      assert.deepEqual(await decide("accept"), { status: "accepted" });
      assert.equal((await scene.list())?.revision, 4);
    });

    it("keeps the request open while the playlist is full", async () => {
      const many = Array.from({ length: MAX_TRACKS }, () => tracks("A")).flat();
      await scene.putList(many, 4);
      await isRefused(() => decide("accept"), "PLAYLIST_TOO_LARGE");
      assert.equal((await found())?.status, "open");
    });

    it("is refused for everybody but hosts, for a withdrawn request, and after the end", async () => {
      await isRefused(() => decide("accept", dan), "NOT_HOST");
      const speaker = await listener("Cleo", undefined, { role: "speaker" });
      await isRefused(() => decide("accept", speaker), "NOT_HOST");
      const left = await scene.cohost("Ben");
      await participantRef(firestore, scene.showId, left.uid).update({ state: "left" });
      await isRefused(() => decide("accept", left), "NOT_HOST");
      await isRefused(() => decide("accept", scene.ada, idOf(lastExit)), "REQUEST_NOT_PENDING");
      await showRef(firestore, scene.showId).update({ status: "ended" });
      await isRefused(() => decide("accept"), "SHOW_NOT_LIVE", { status: "ended" });
    });
  });

  describe("in the feed", () => {
    beforeEach(async () => {
      const updatedAt = Timestamp.fromMillis(scene.deps.clock.now());
      await feedRef(firestore, scene.showId).update({ updatedAt });
    });

    const published = async () => {
      scene.deps.clock.advance(60_000);
      await publishFeed(scene.deps, { showId: scene.showId });
      return (await feedRef(firestore, scene.showId).get()).data()?.songRequests ?? [];
    };

    it("are the 20 open ones with the most votes, the oldest first among equals", async () => {
      for (let index = 0; index < 22; index += 1) {
        await given(String(index).padStart(22, "F"), {
          createdAt: Timestamp.fromMillis(1_000 * index),
        });
      }
      await given("D".repeat(22), { status: "declined" });
      const at = Timestamp.fromMillis(scene.deps.clock.now());
      const [last, second] = ["21".padStart(22, "F"), "2".padStart(22, "F")];
      for (const [uid, requestIds] of [
        ["spotify_x", [last, second, "D".repeat(22)]],
        ["spotify_y", [last]],
      ] as const) {
        await songVotesRef(firestore, scene.showId, uid).set({ requestIds: [...requestIds], at });
      }
      const shown = await published();
      assert.equal(shown.length, 20);
      assert.deepEqual(
        shown.slice(0, 4).map(({ id, votes }) => [id, votes]),
        [
          [last, 2],
          [second, 1],
          ["0".padStart(22, "F"), 0],
          ["1".padStart(22, "F"), 0],
        ],
      );
    });

    it("leave it when they are decided or withdrawn, and at the show's end", async () => {
      for (const uri of [harbourLights, lastExit, third]) {
        await request(uri);
        scene.deps.clock.advance(1_000);
      }
      assert.deepEqual(
        (await published()).map(({ id, requestedBy, votes }) => [id, requestedBy, votes]),
        [harbourLights, lastExit, third].map((uri) => [idOf(uri), dan.uid, 1]),
      );
      await decide("decline");
      await songRequestRef(firestore, scene.showId, idOf(third)).delete();
      assert.deepEqual(
        (await published()).map(({ id }) => id),
        [idOf(lastExit)],
      );
      await endShow(scene.deps, as(scene.ada), { showId: scene.showId });
      assert.deepEqual(await published(), []);
      await isRefused(() => decide("accept", scene.ada, idOf(lastExit)), "SHOW_NOT_LIVE", {
        status: "ended",
      });
    });

    it("are written only when something changed", async () => {
      await request();
      await published();
      const { updateTime } = await feedRef(firestore, scene.showId).get();
      await published();
      assert.deepEqual((await feedRef(firestore, scene.showId).get()).updateTime, updateTime);
    });
  });
});
