import assert from "node:assert/strict";
import * as firestore from "firebase/firestore";
import { serverClock } from "../../client/src/clock/serverClock.js";
import { serverTimeAt } from "../../client/src/clock/serverTime.js";
import { followShow } from "../../client/src/follow/follower.js";
import { leadOver } from "../../client/src/follow/handover.js";
import { SimulatedPlayer } from "../../client/test/support/simulatedPlayer.js";
import { SimulatedDevice, SimulatedTime } from "../../client/test/support/simulatedTime.js";
import { joinShow } from "../../functions/src/audience/schema.js";
import * as music from "../../functions/src/music/schema.js";
import { endShow, startShow } from "../../functions/src/shows/schema.js";
import { acceptInvitation, setRole, setStageMode } from "../../functions/src/stage/schema.js";
import type { App } from "../../local/clientApp/app.js";
import { listenTo } from "../../local/clientApp/listening.js";
import { signInAs } from "../../local/clientApp/signIn.js";
import { draftShow, next, pause, play, seek } from "../../local/clientApp/writes.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { denied, refusal } from "../support/refusal.js";
import { runningSuite } from "../support/suite.js";

/** Real time behind the simulated devices. It stands still while all of them are looked at. */
class RealTime extends SimulatedTime {
  #still: number | undefined;
  override get now(): number {
    return this.#still ?? performance.timeOrigin + performance.now();
  }
  override at = (moment: number, run: () => void) => this.after(moment - this.now, run);
  override after(ms: number, run: () => void) {
    const timer = ms > 0 ? setTimeout(run, ms) : undefined;
    // A player without latency obeys at once.
    if (!timer) run();
    return () => {
      clearTimeout(timer);
    };
  }
  still<Seen>(look: () => Seen): Seen {
    this.#still = this.now;
    const seen = look();
    this.#still = undefined;
    return seen;
  }
}
const time = new RealTime();

/** Resolves when it holds; asked whenever `source` tells that something changed. */
function until(source: { subscribe(tell: () => void): () => void }, holds: () => boolean) {
  return new Promise<void>((resolve) => {
    const look = () => {
      if (holds()) resolve();
    };
    source.subscribe(look);
    look();
  });
}

type Phone = Awaited<ReturnType<typeof phoneOf>>;

/** Somebody's phone in a show: its own clock, listeners and Spotify. */
async function phoneOf(
  app: App,
  showId: string,
  { functions, projectId, region }: Endpoints,
  wrong = {},
) {
  const device = new SimulatedDevice(time, wrong);
  const url = `http://${functions}/${projectId}/${region}/serverTime`;
  const clock = serverClock({ local: device, fetchServerTime: serverTimeAt(url, fetch) });
  const playbacks: music.PlaybackDocument[] = [];
  const lists: music.PlaylistDocument[] = [];
  const lengthOf = (uri: string) =>
    lists.flatMap(({ tracks }) => tracks).find((track) => track.uri === uri)?.durationMs ?? 0;
  const atOnce = { typicalLatencyMs: { play: 0, seek: 0 }, latencyMs: () => 0 };
  const player = new SimulatedPlayer(time, device, lengthOf, atOnce);
  /** How sure the clock was when the player was told something. */
  const told = { errorMs: 0 };
  const onCommand = () => (told.errorMs = clock.errorMs());
  const follower = followShow({ local: device, server: clock, player, onCommand });
  const listTo = firestore.doc(app.db, `shows/${showId}/playlist/current`);
  const playback = firestore.doc(app.db, `shows/${showId}/playback/now`);
  const stops = [
    firestore.onSnapshot(listTo, (snapshot) => {
      const list = music.playlistDocument.parse(snapshot.data());
      lists.push(list);
      follower.playlistArrived(list);
    }),
    firestore.onSnapshot(playback, (snapshot) => {
      // One's own write shows before the server has judged it.
      if (snapshot.metadata.hasPendingWrites) return;
      const now = music.playbackDocument.parse(snapshot.data());
      playbacks.push(now);
      follower.playbackArrived(now);
    }),
  ];
  await until(clock, () => clock.state() === "measured");
  await until(follower, () => follower.moment() !== undefined);
  /** Pressed now, after what was done last was seen. */
  const press = () => ({ sequence: playbacks.at(-1)?.sequence ?? NaN, now: clock.now() ?? NaN });
  const close = () => {
    for (const stop of stops) stop();
    follower.close();
    clock.close();
    return app.close();
  };
  return { app, device, clock, player, follower, told, playback, playbacks, lists, press, close };
}

describe("an evening of music", () => {
  let endpoints: Endpoints;
  let apps: Record<"cleo" | "ben" | "dan" | "eve" | "fay" | "gus", App>;
  let showId: string;
  let cleo: Phone;
  let ben: Phone;
  let dan: Phone;
  let phones: Phone[] = [];
  let sequence = 0;
  /** When the song that plays was, or would have been, at its beginning, by the server's clock. */
  let began: number;

  before(async () => {
    endpoints = await runningSuite();
    const [cleo, ben, dan, eve, fay, gus] = await Promise.all([
      signInAs(endpoints, "creator-cleo"),
      signInAs(endpoints, "creator-ben"),
      signInAs(endpoints, "listener-dan"),
      signInAs(endpoints, "listener-eve"),
      signInAs(endpoints, "listener-fay"),
      signInAs(endpoints, "listener-gus"),
    ]);
    apps = { cleo, ben, dan, eve, fay, gus };
  });
  after(async () => {
    await Promise.all(phones.map((phone) => phone.close()));
  });

  const tracks = () => cleo.lists.at(-1)?.tracks ?? [];
  const uriOf = (index: number) => tracks()[index]?.uri ?? "";

  /** Each phone has heard of a host's act, and of the list that belongs to it. */
  async function everyoneHearsOf(by: Phone): Promise<number> {
    sequence += 1;
    for (const { follower, playbacks, lists } of phones) {
      await until(follower, () => {
        const now = playbacks.at(-1);
        const isIt = now?.sequence === sequence && now.by === by.app.uid;
        return isIt && now.playlistRevision === lists.at(-1)?.revision;
      });
    }
    const { at, positionMs } = cleo.playbacks.at(-1) ?? assert.fail();
    began = at.toMillis() - positionMs;
    return positionMs;
  }

  /** All phones at one and the same moment. */
  const look = () =>
    time.still(() =>
      phones.map(({ follower, clock, player, told }) => ({
        moment: follower.moment(),
        errorMs: clock.errorMs(),
        heard: player.heard(),
        toldErrorMs: told.errorMs,
      })),
    );

  /** The truth, and what each phone takes for it give or take its clock's error, have a moment in common. */
  function everyonePlays(trackUri: string): void {
    const earliest = [Date.now() - began];
    const seen = look();
    const latest = [Date.now() + 1 - began];
    for (const { moment, errorMs, heard, toldErrorMs } of seen) {
      assert.ok(moment?.kind === "playing" && heard, JSON.stringify({ moment, heard }));
      assert.equal(moment.trackUri, trackUri);
      earliest.push(moment.positionMs - errorMs);
      latest.push(moment.positionMs + errorMs);
      const index = tracks().findIndex(({ uri }) => uri === heard.trackUri);
      const lead = leadOver(tracks(), { ...heard, index }, { ...moment, index: moment.trackIndex });
      // It was told whole milliseconds.
      assert.ok(Math.abs(lead) <= toldErrorMs + errorMs + 1, `the player is off by ${lead} ms`);
    }
    assert.ok(Math.max(...earliest) <= Math.min(...latest), JSON.stringify({ earliest, latest }));
  }

  function everyoneIsSilent(moment: object): void {
    for (const seen of look()) {
      assert.partialDeepStrictEqual(seen.moment, moment);
      assert.equal(seen.heard, undefined);
    }
  }

  it("has a playlist of Cleo's from Spotify, Ben as a host beside her, and three who listen", async () => {
    const [playlist] = (await apps.cleo.call(music.listMyPlaylists, {})).items;
    showId = await draftShow(apps.cleo, "After dark");
    await apps.cleo.call(music.setShowPlaylist, { showId, playlistId: playlist?.id ?? "" });
    await apps.cleo.call(startShow, { showId });
    const joining = [apps.ben, apps.dan, apps.eve, apps.fay];
    await Promise.all(joining.map((app) => app.call(joinShow, { showId })));
    await apps.cleo.call(setRole, { showId, uid: apps.ben.uid, role: "cohost" });
    assert.equal((await apps.ben.call(acceptInvitation, { showId })).role, "cohost");
    // Each of these functions starts for the first time.
  }).timeout(90_000);

  it("begins in talk: silence, which neither a listener nor a host's own write can end", async () => {
    [cleo, ben, dan, ...phones] = await Promise.all([
      phoneOf(apps.cleo, showId, endpoints),
      phoneOf(apps.ben, showId, endpoints, { wallOffMs: 86_400_000 }),
      phoneOf(apps.dan, showId, endpoints, { wallOffMs: -25_000_000, driftPpm: 40 }),
      phoneOf(apps.eve, showId, endpoints, { wallOffMs: 10_800_000, driftPpm: -60 }),
      phoneOf(apps.fay, showId, endpoints, { wallOffMs: -86_400_000, driftPpm: 20 }),
    ]);
    phones.push(cleo, ben, dan);
    everyoneIsSilent({ kind: "talk" });
    await assert.rejects(play(cleo.app, showId, cleo.press()), denied);
    const turn = { showId, mode: "music" } as const;
    await assert.rejects(dan.app.call(setStageMode, turn), refusal("NOT_HOST"));
  });

  it("turns to music: each phone is at one moment of the first song, and no listener stops it", async () => {
    await cleo.app.call(setStageMode, { showId, mode: "music" });
    await everyoneHearsOf(cleo);
    everyonePlays(uriOf(0));
    await assert.rejects(pause(dan.app, showId, dan.press()), denied);
  });

  it("goes to the next song for Ben, whose device is a day off, but never by its time", async () => {
    const wrong = { sequence: sequence + 1, by: ben.app.uid, at: new Date(ben.device.wall()) };
    await assert.rejects(firestore.updateDoc(ben.playback, wrong), denied);
    await next(ben.app, showId, ben.press());
    await everyoneHearsOf(ben);
    everyonePlays(uriOf(1));
  });

  it("goes on by itself at the end of a song", async () => {
    const durationMs = tracks()[1]?.durationMs ?? NaN;
    await seek(cleo.app, showId, cleo.press(), durationMs - 1_000);
    await everyoneHearsOf(cleo);
    began += durationMs;
    for (const { follower } of phones) {
      await until(follower, () => JSON.stringify(follower.moment()).includes(uriOf(2)));
    }
    everyonePlays(uriOf(2));
  });

  it("is at the same moment for Gus, who joins in the middle", async () => {
    await apps.gus.call(joinShow, { showId });
    phones.push(await phoneOf(apps.gus, showId, endpoints, { wallOffMs: 18_000_000 }));
    everyonePlays(uriOf(2));
  });

  it("skips one song, not two, when both hosts press at once", async () => {
    const seen = ben.press();
    const presses = [cleo, ben].map(({ app }) => next(app, showId, seen));
    const [cleos, bens] = await Promise.allSettled(presses);
    assert.deepEqual([cleos?.status, bens?.status].sort(), ["fulfilled", "rejected"]);
    await everyoneHearsOf(cleos?.status === "fulfilled" ? cleo : ben);
    await assert.rejects(next(ben.app, showId, seen), /another host was first/);
    everyonePlays(uriOf(3));
  });

  it("is paused where it was, in spite of a step that waited offline, and played on from there", async () => {
    await firestore.disableNetwork(ben.app.db);
    const at = firestore.serverTimestamp();
    const step = { sequence: sequence + 1, by: ben.app.uid, at, positionMs: 0 };
    const late = assert.rejects(firestore.updateDoc(ben.playback, step), denied);
    const press = cleo.press();
    const whereItWas = Math.round(press.now - began);
    await pause(cleo.app, showId, press);
    await firestore.enableNetwork(ben.app.db);
    await late;
    assert.equal(await everyoneHearsOf(cleo), whereItWas);
    everyoneIsSilent({ kind: "paused", trackUri: uriOf(3), positionMs: whereItWas });

    await play(ben.app, showId, ben.press());
    assert.equal(await everyoneHearsOf(ben), whereItWas);
    everyonePlays(uriOf(3));
  });

  it("goes on through an edit of the playlist; without its song, the next one begins", async () => {
    const revision = cleo.lists.at(-1)?.revision ?? NaN;
    const [first, second, third, fourth, fifth] = [0, 1, 2, 3, 4].map(uriOf);
    const order = [fourth, second, third, fifth, first].map(String);
    const edit = { showId, revision, trackUris: order };
    await assert.rejects(dan.app.call(music.editShowPlaylist, edit), refusal("NOT_HOST"));
    const before = began;
    await ben.app.call(music.editShowPlaylist, edit);
    await everyoneHearsOf(ben);
    assert.ok(Math.abs(began - before) <= 1);
    everyonePlays(order[0] ?? "");

    const shorter = { showId, revision, trackUris: order.slice(3) };
    await assert.rejects(
      cleo.app.call(music.editShowPlaylist, shorter),
      refusal("PLAYLIST_CHANGED"),
    );
    await cleo.app.call(music.editShowPlaylist, { ...shorter, revision: revision + 1 });
    assert.equal(await everyoneHearsOf(cleo), 0);
    everyonePlays(order[3] ?? "");
  });

  it("turns back to talk: silence on each phone", async () => {
    await ben.app.call(setStageMode, { showId, mode: "talk" });
    await everyoneHearsOf(ben);
    everyoneIsSilent({ kind: "talk" });
    await assert.rejects(play(ben.app, showId, ben.press()), denied);
  });

  it("ends with each song counted, and each change in the timeline once", async () => {
    const { summary } = await cleo.app.call(endShow, { showId });
    assert.equal(summary.tracksPlayed, 5);
    assert.equal(cleo.playbacks.length, sequence + 1);
    const timeline = `shows/${showId}/timeline`;
    for (const change of cleo.playbacks) {
      const kept = listenTo(cleo.app, `${timeline}/${change.sequence}`, music.timelineDocument);
      assert.deepEqual(await kept.first((entry) => entry !== undefined), change);
      kept.stop();
    }
    const all = firestore.collection(cleo.app.db, timeline);
    assert.equal((await firestore.getDocs(all)).size, sequence + 1);
  });
});
