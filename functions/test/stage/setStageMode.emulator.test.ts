import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { reconcileRoom } from "../../src/shows/reconcileRoom.js";
import type { Connected } from "../../src/ports/audioRooms.js";
import { joinShow } from "../../src/audience/joinShow.js";
import { leaveShow } from "../../src/audience/leaveShow.js";
import { playbackRef, playlistRef, stageRef } from "../../src/collections.js";
import { track } from "../../src/contract/music.js";
import { silentPlayback } from "../../src/contract/silentPlayback.js";
import { Refusal } from "../../src/errors.js";
import { endShow } from "../../src/shows/endShow.js";
import { decideSpeakRequest } from "../../src/stage/decideSpeakRequest.js";
import { setRole } from "../../src/stage/setRole.js";
import { setStageMode } from "../../src/stage/setStageMode.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

describe("setStageMode", () => {
  let firestore: Firestore;
  let scene: LiveScene;
  let ben: Person;
  let eve: Person;
  let dan: Person;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
    [ben, eve, dan] = await Promise.all([
      scene.cohost("Ben"),
      scene.speaker("Eve"),
      scene.attendee("Dan"),
    ]);
    connect(scene.ada, "creator", 1);
    connect(ben, "cohost", 0);
    connect(eve, "speaker", 1);
    connect(dan, "listener", 0);
  });

  const connect = (person: Person, role: Connected["role"], tracks: number) => {
    assert.ok(role);
    const entitlement = { role, canPublish: role !== "listener" };
    scene.deps.rooms.connect(scene.showId, person.uid, entitlement, tracks);
  };
  const music = (host = scene.ada, trackIndex?: number) =>
    setStageMode(scene.deps, as(host), {
      showId: scene.showId,
      mode: "music",
      ...(trackIndex !== undefined && { trackIndex }),
    });
  const talk = (host = scene.ada) =>
    setStageMode(scene.deps, as(host), { showId: scene.showId, mode: "talk" });
  const inTheRoom = () => [...(scene.deps.rooms.rooms.get(scene.showId)?.values() ?? [])];
  const mayPublish = () =>
    inTheRoom()
      .filter(({ canPublish }) => canPublish)
      .map(({ uid }) => uid);
  const sounding = () => inTheRoom().filter(({ tracks }) => tracks.length > 0);
  const now = () => Timestamp.fromMillis(scene.deps.clock.now());
  const givePlaylist = (tracks: number) =>
    playlistRef(firestore, scene.showId).set({
      revision: 4,
      tracks: Array.from({ length: tracks }, (_, index) =>
        track.parse({
          uri: `spotify:track:${index}`,
          name: `Track ${index}`,
          artists: ["Somebody"],
          durationMs: 180_000,
          imageUrl: null,
          explicit: false,
        }),
      ),
    });
  /** Runs `act` once, at the first call to the rooms that starts with `beginning`. */
  const onceRequested = (beginning: string, act: () => unknown) => {
    let isDone = false;
    scene.deps.rooms.beforeRequest(async (what) => {
      if (isDone || !what.startsWith(beginning)) return;
      isDone = true;
      await act();
    });
  };

  describe("to music", () => {
    it("silences everyone, waits until the last words were heard, and only then writes the mode", async () => {
      const { deps, ada } = scene;
      const startedAt = deps.clock.now();
      assert.deepEqual(await music(), { mode: "music", sequence: 1 });
      assert.deepEqual(mayPublish(), []);
      assert.deepEqual(sounding(), []);
      assert.deepEqual(deps.clock.slept, [250]);
      assert.deepEqual(await scene.playback(), {
        mode: "music",
        trackUri: null,
        trackIndex: null,
        positionMs: 0,
        paused: true,
        at: Timestamp.fromMillis(startedAt + 250),
        by: ada.uid,
        sequence: 1,
        playlistRevision: 0,
      });
      assert.equal((await scene.stage())?.closing, null);
    });

    it("keeps talk in the documents during all calls to the room, and checks for silence at the end", async () => {
      const modes = new Set<string | undefined>();
      scene.deps.rooms.beforeRequest(async () => {
        modes.add((await scene.playback())?.mode);
      });
      await music();
      assert.deepEqual([...modes], ["talk"]);
      const requests = scene.deps.rooms.requests;
      const [first, ...rest] = requests;
      assert.equal(first, `look ${scene.showId}`);
      // One look once nobody may publish, and one after the last words were heard.
      assert.deepEqual(rest.splice(-2), [`look ${scene.showId}`, `look ${scene.showId}`]);
      assert.deepEqual(
        rest.sort(),
        [
          `permit ${scene.ada.uid} creator silence`,
          `permit ${ben.uid} cohost silence`,
          `permit ${eve.uid} speaker silence`,
        ].sort(),
      );
    });

    it("revokes a permission that was given late, and waits again until that voice has ended", async () => {
      let looks = 0;
      scene.deps.rooms.beforeRequest((what) => {
        // The second look finds silence. The third comes after the wait.
        if (what.startsWith("look") && (looks += 1) === 3) connect(eve, "speaker", 1);
      });
      assert.equal((await music()).mode, "music");
      assert.deepEqual(sounding(), []);
      assert.deepEqual(mayPublish(), []);
      assert.deepEqual(scene.deps.clock.slept, [250, 250]);
    });

    it("gives up if permissions keep appearing, and stays in talk mode", async () => {
      scene.deps.rooms.beforeRequest((what) => {
        if (what.startsWith("look")) connect(eve, "speaker", 1);
      });
      await assert.rejects(music(), { reason: "AUDIO_UNAVAILABLE" });
      assert.equal((await scene.playback())?.mode, "talk");
      assert.equal((await scene.stage())?.closing, null);
    });

    it("starts with the first track, or with the given one", async () => {
      await givePlaylist(3);
      await music();
      assert.partialDeepStrictEqual(await scene.playback(), {
        trackUri: "spotify:track:0",
        trackIndex: 0,
        positionMs: 0,
        paused: false,
        playlistRevision: 4,
      });
      await talk();
      await music(ben, 2);
      assert.partialDeepStrictEqual(await scene.playback(), {
        trackUri: "spotify:track:2",
        trackIndex: 2,
        by: ben.uid,
        sequence: 3,
      });
    });

    for (const [what, tracks, trackIndex] of [
      ["after the last one", 3, 3],
      ["in an empty playlist", 0, 0],
    ] as const) {
      it(`names the field for a track ${what}, and silences nobody`, async () => {
        await givePlaylist(tracks);
        const before = await scene.everything();
        await assert.rejects(music(scene.ada, trackIndex), {
          reason: "INVALID_ARGUMENT",
          details: {
            issues: [{ path: "trackIndex", message: `the playlist has ${tracks} tracks` }],
          },
        });
        assert.deepEqual(await scene.everything(), before);
        assert.deepEqual(scene.deps.rooms.requests, []);
      });
    }

    it("names the field if there is no playlist", async () => {
      await assert.rejects(music(scene.ada, 0), {
        reason: "INVALID_ARGUMENT",
        details: { issues: [{ path: "trackIndex", message: "the playlist has 0 tracks" }] },
      });
    });

    it("names the field and restores the sound if the track was removed in the meantime", async () => {
      await givePlaylist(3);
      onceRequested("look", () => givePlaylist(1));
      await assert.rejects(music(scene.ada, 2), { reason: "INVALID_ARGUMENT" });
      assert.equal((await scene.playback())?.mode, "talk");
      await reconcileRoom(scene.deps, scene.showId, { stopAt: Infinity });
      assert.equal(mayPublish().length, 3);
    });

    it("gives the same answer in music mode, without calls to the room or writes", async () => {
      const answer = await music();
      const before = await scene.everything();
      scene.deps.rooms.requests.length = 0;
      assert.deepEqual(await music(), answer);
      assert.deepEqual(await music(ben, 400), answer);
      assert.deepEqual(scene.deps.rooms.requests, []);
      assert.deepEqual(await scene.everything(), before);
    });

    it("works without any connections and without a room", async () => {
      scene.deps.rooms.rooms.delete(scene.showId);
      assert.equal((await music()).mode, "music");
    });

    describe("when the room does not answer", () => {
      beforeEach(() => {
        scene.deps.rooms.setDown(true);
      });

      it("is refused, and stays in talk mode", async () => {
        const before = await scene.playback();
        await assert.rejects(music(), { reason: "AUDIO_UNAVAILABLE" });
        assert.deepEqual(await scene.playback(), before);
        assert.equal((await scene.stage())?.closing, null);
        assert.deepEqual(scene.deps.requestedSweeps(), [scene.showId]);
        assert.deepEqual(scene.deps.clock.slept, []);
      });

      it("works immediately once the room answers again", async () => {
        await assert.rejects(music(), { reason: "AUDIO_UNAVAILABLE" });
        scene.deps.rooms.setDown(false);
        assert.deepEqual(await music(), { mode: "music", sequence: 1 });
      });
    });

    it("is refused when the room fails halfway, and the sweep restores the sound", async () => {
      onceRequested(`permit ${eve.uid}`, () => {
        scene.deps.rooms.setDown(true);
      });
      await assert.rejects(music(), { reason: "AUDIO_UNAVAILABLE" });
      assert.equal((await scene.playback())?.mode, "talk");
      assert.equal((await scene.stage())?.closing, null);
      scene.deps.rooms.setDown(false);
      assert.deepEqual(scene.deps.requestedSweeps(), [scene.showId]);
      await reconcileRoom(scene.deps, scene.showId, { stopAt: Infinity });
      assert.deepEqual(mayPublish().sort(), [scene.ada.uid, ben.uid, eve.uid].sort());
    });

    it("is refused when the room confirms changes that it does not make", async () => {
      const deaf = { ...scene.deps.rooms, permit: () => Promise.resolve(true) };
      const before = await scene.playback();
      await assert.rejects(
        setStageMode({ ...scene.deps, rooms: deaf }, as(scene.ada), {
          showId: scene.showId,
          mode: "music",
        }),
        { reason: "AUDIO_UNAVAILABLE" },
      );
      assert.deepEqual(await scene.playback(), before);
      assert.equal((await scene.stage())?.closing, null);
      assert.deepEqual(scene.deps.requestedSweeps(), [scene.showId]);
    });

    it("silences someone who publishes without permission", async () => {
      scene.deps.rooms.connect(scene.showId, dan.uid, { role: "listener", canPublish: false }, 1);
      await music();
      assert.deepEqual(sounding(), []);
    });

    it("silences someone who connects in the meantime with an old token's permissions", async () => {
      const { deps, showId } = scene;
      const fay = await scene.speaker("Fay");
      onceRequested("permit", () => {
        deps.rooms.connect(showId, fay.uid, { role: "speaker", canPublish: true }, 1);
      });
      await music();
      assert.deepEqual(mayPublish(), []);
      assert.deepEqual(sounding(), []);
    });

    it("gives no sound to someone who is accepted or rejoins in the meantime", async () => {
      const { deps, showId, ada } = scene;
      await scene.request(dan);
      let canPublish: boolean | undefined;
      onceRequested("permit", async () => {
        const accepted = { showId, uid: dan.uid, decision: "accept" } as const;
        await decideSpeakRequest(deps, as(ada), accepted);
        canPublish = (await joinShow(deps, as(dan), { showId })).audio.canPublish;
      });
      await music();
      assert.equal((await scene.placeOf(dan))?.role, "speaker");
      assert.equal(canPublish, false);
      assert.deepEqual(mayPublish(), []);
      assert.ok(!deps.rooms.requests.some((what) => what.endsWith("sound")));
    });

    it("is written once for two simultaneous hosts, and the other must call again", async () => {
      const outcomes = await Promise.allSettled([music(), music(ben)]);
      const playback = await scene.playback();
      assert.deepEqual([playback?.mode, playback?.sequence], ["music", 1]);
      assert.equal((await scene.stage())?.closing, null);
      for (const outcome of outcomes) {
        if (outcome.status === "fulfilled") {
          assert.deepEqual(outcome.value, { mode: "music", sequence: 1 });
        } else {
          assert.ok(outcome.reason instanceof Refusal, String(outcome.reason));
          assert.equal(outcome.reason.reason, "CONTENTION");
        }
      }
      assert.ok(outcomes.some(({ status }) => status === "fulfilled"));
      assert.deepEqual(mayPublish(), []);
    }).timeout(60_000);

    it("makes another host call again during the preparation, and changes nothing", async () => {
      onceRequested("permit", async () => {
        const before = await scene.everything();
        await assert.rejects(music(ben), { reason: "CONTENTION" });
        assert.deepEqual(await scene.everything(), before);
      });
      assert.deepEqual(await music(), { mode: "music", sequence: 1 });
      assert.equal((await scene.playback())?.by, scene.ada.uid);
    });

    it("ends in talk mode when another host switches back in the meantime", async () => {
      onceRequested("permit", async () => {
        assert.deepEqual(await talk(ben), { mode: "talk", sequence: 0 });
      });
      await assert.rejects(music(), { reason: "CONTENTION" });
      assert.partialDeepStrictEqual(await scene.playback(), { mode: "talk", sequence: 0 });
      assert.equal((await scene.stage())?.closing, null);
      assert.deepEqual(mayPublish().sort(), [scene.ada.uid, ben.uid, eve.uid].sort());
      assert.deepEqual(scene.deps.requestedSweeps(), []);
    });

    it("is refused for a host who is demoted in the meantime, and the others keep speaking", async () => {
      const { deps, showId, ada } = scene;
      onceRequested("permit", () =>
        setRole(deps, as(ada), { showId, uid: ben.uid, role: "listener" }),
      );
      await assert.rejects(music(ben), { reason: "NOT_HOST" });
      assert.equal((await scene.playback())?.mode, "talk");
      assert.equal((await scene.stage())?.closing, null);
      assert.deepEqual(deps.requestedSweeps(), [showId]);
      await reconcileRoom(deps, showId, { stopAt: Infinity });
      assert.deepEqual(mayPublish().sort(), [ada.uid, eve.uid].sort());
    });

    it("is refused when the host leaves or the show ends in the meantime", async () => {
      const { deps, showId, ada } = scene;
      onceRequested("permit", () => leaveShow(deps, as(ben), { showId }));
      await assert.rejects(music(ben), { reason: "NOT_HOST" });
      onceRequested("permit", () => endShow(deps, as(ada), { showId }));
      connect(eve, "speaker", 1);
      await assert.rejects(music(), { reason: "SHOW_NOT_LIVE" });
      assert.equal((await scene.playback())?.mode, "talk");
      assert.equal((await scene.stage())?.closing, null);
    });
  });

  describe("an abandoned switch to music", () => {
    beforeEach(() =>
      stageRef(firestore, scene.showId).set(
        { closing: { id: "of-one-who-died", since: now() } },
        { merge: true },
      ),
    );
    const closing = async () => (await scene.stage())?.closing?.id;

    it("blocks other switches for 30 s", async () => {
      scene.deps.clock.advance(29_999);
      await assert.rejects(music(), { reason: "CONTENTION" });
      scene.deps.clock.advance(1);
      await reconcileRoom(scene.deps, scene.showId, { stopAt: Infinity });
      assert.equal(await closing(), "of-one-who-died");
      assert.deepEqual(mayPublish(), []);
    });

    it("is removed by the reconciler after that, which restores everyone's sound", async () => {
      await reconcileRoom(scene.deps, scene.showId, { stopAt: Infinity });
      assert.deepEqual(mayPublish(), []);
      scene.deps.clock.advance(30_001);
      await reconcileRoom(scene.deps, scene.showId, { stopAt: Infinity });
      assert.equal(await closing(), undefined);
      assert.deepEqual(mayPublish().sort(), [scene.ada.uid, ben.uid, eve.uid].sort());
    });

    it("is taken over by the next host after that", async () => {
      scene.deps.clock.advance(30_000);
      assert.deepEqual(await music(), { mode: "music", sequence: 1 });
      assert.equal(await closing(), undefined);
    });

    it("ends at once when a host switches to talk", async () => {
      assert.deepEqual(await talk(), { mode: "talk", sequence: 0 });
      assert.equal(await closing(), undefined);
      assert.ok(mayPublish().includes(eve.uid));
    });

    it("does not finish once another host has taken over", async () => {
      const { deps, showId } = scene;
      await talk();
      onceRequested("permit", async () => {
        deps.clock.advance(30_000);
        assert.deepEqual(await music(ben), { mode: "music", sequence: 1 });
      });
      await assert.rejects(music(), { reason: "CONTENTION" });
      assert.partialDeepStrictEqual(await scene.playback(), { mode: "music", by: ben.uid });
      assert.deepEqual(mayPublish(), []);
      assert.deepEqual(deps.requestedSweeps(), []);
      await reconcileRoom(deps, showId, { stopAt: Infinity });
      assert.deepEqual(mayPublish(), []);
    });
  });

  describe("to talk", () => {
    beforeEach(async () => {
      await givePlaylist(2);
      await music(scene.ada, 1);
      scene.deps.rooms.requests.length = 0;
    });

    it("ends the music first, and then gives the people on stage their sound", async () => {
      const modes = new Set<string | undefined>();
      scene.deps.rooms.beforeRequest(async () => {
        modes.add((await scene.playback())?.mode);
      });
      const pressedAt = now();
      assert.deepEqual(await talk(ben), { mode: "talk", sequence: 2 });
      assert.deepEqual([...modes], ["talk"]);
      assert.equal(scene.deps.clock.slept.at(-1), 500, "phones stop their music");
      assert.deepEqual(
        [...scene.deps.rooms.requests].sort(),
        [
          `permit ${scene.ada.uid} creator sound`,
          `permit ${ben.uid} cohost sound`,
          `permit ${eve.uid} speaker sound`,
        ].sort(),
      );
      assert.deepEqual(await scene.playback(), {
        mode: "talk",
        trackUri: null,
        trackIndex: null,
        positionMs: 0,
        paused: true,
        at: pressedAt,
        by: ben.uid,
        sequence: 2,
        playlistRevision: 4,
      });
    });

    it("gives sound only to the people who are on stage by now", async () => {
      const { deps, showId, ada } = scene;
      await setRole(deps, as(ada), { showId, uid: eve.uid, role: "listener" });
      await leaveShow(deps, as(ben), { showId });
      await talk();
      assert.deepEqual(mayPublish(), [ada.uid]);
    });

    it("gives the same answer in talk mode, without calls to the room or writes", async () => {
      const answer = await talk();
      const before = await scene.everything();
      scene.deps.rooms.requests.length = 0;
      assert.deepEqual(await talk(), answer);
      assert.deepEqual(await talk(ben), answer);
      assert.deepEqual(scene.deps.rooms.requests, []);
      assert.deepEqual(await scene.everything(), before);
    });

    it("restores the sound after a call that crashed", async () => {
      const { ada, clock } = { ...scene, ...scene.deps };
      const at = Timestamp.fromMillis(clock.now());
      await playbackRef(firestore, scene.showId).set(silentPlayback(ada.uid, at, 2, 4));
      assert.deepEqual(mayPublish(), []);
      assert.deepEqual(await talk(), { mode: "talk", sequence: 2 });
      assert.deepEqual(mayPublish().sort(), [ada.uid, ben.uid, eve.uid].sort());
    });

    it("is written even if the room does not answer, and asks for a sweep", async () => {
      const { deps, showId } = scene;
      deps.rooms.setDown(true);
      assert.deepEqual(await talk(), { mode: "talk", sequence: 2 });
      assert.equal((await scene.playback())?.mode, "talk");
      assert.deepEqual(new Set(deps.requestedSweeps()), new Set([showId]));
    });

    it("ends in music mode when another host switches to music in the meantime", async () => {
      onceRequested("permit", async () => {
        assert.deepEqual(await music(ben, 0), { mode: "music", sequence: 3 });
      });
      assert.deepEqual(await talk(), { mode: "talk", sequence: 2 });
      assert.partialDeepStrictEqual(await scene.playback(), { mode: "music", sequence: 3 });
      assert.deepEqual(mayPublish(), []);
    });
  });
});
