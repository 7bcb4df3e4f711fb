import assert from "node:assert/strict";
import * as firestore from "firebase/firestore";
import { z } from "zod";
import { leadOver } from "../../client/src/follow/handover.js";
import type { Playback } from "../../client/src/music/music.js";
import { followMusic } from "../../client/src/music/followMusic.js";
import { saveSetlist } from "../../client/src/music/saveSetlist.js";
import { spotifyOf } from "../../client/src/music/spotifyPlayer.js";
import { sessionOf, type Show } from "../../client/src/show/show.js";
import { summaryCsv } from "../../client/src/shows/summaryCsv.js";
import { Observed } from "../../client/src/observe/observable.js";
import { SimulatedPlayer } from "../../client/test/support/simulatedPlayer.js";
import { SimulatedDevice, SimulatedTime } from "../../client/test/support/simulatedTime.js";
import * as music from "../../functions/src/contract/music.js";
import { phoneOf } from "../../local/clientApp/ambient.js";
import type { App } from "../../local/clientApp/app.js";
import { listenTo } from "../../local/clientApp/listening.js";
import { signInAs } from "../../local/clientApp/signIn.js";
import { because, denied } from "../support/refusal.js";
import { first } from "../support/subscribed.js";
import { runningSuite } from "../support/suite.js";

/**
 * Real time for the simulated devices. It stands still while code runs, so that a busy machine's
 * delay between a follower's calculation and its player's start does not count as an offset.
 */
class RealTime extends SimulatedTime {
  #still: number | undefined;
  override get now(): number {
    if (this.#still === undefined) {
      this.#still = performance.timeOrigin + performance.now();
      queueMicrotask(() => (this.#still = undefined));
    }
    return this.#still;
  }
  override at = (moment: number, run: () => void) => this.after(moment - this.now, run);
  override after(ms: number, run: () => void) {
    const timer = ms > 0 ? setTimeout(run, ms) : undefined;
    // A player without latency obeys immediately.
    if (!timer) run();
    return () => {
      clearTimeout(timer);
    };
  }
}
const time = new RealTime();

/** Resolves once `holds` is true. It checks whenever `source` reports a change. */
function until(source: { subscribe(tell: () => void): () => void }, isReached: () => boolean) {
  return new Promise<void>((resolve) => {
    const check = () => {
      if (isReached()) resolve();
    };
    source.subscribe(check);
    check();
  });
}

/** A signed-in person's phone with wrong clocks. */
async function phoneWith(persona: string, wrong = {}) {
  const device = new SimulatedDevice(time, wrong);
  const phone = await phoneOf(await runningSuite(), persona, undefined, device);
  return { ...phone, device };
}
type WrongPhone = Awaited<ReturnType<typeof phoneWith>>;
type Listener = Awaited<ReturnType<typeof listens>>;

/** Follows the show's music on the participant's own Spotify player. */
async function listens({ ambient, app, uid, device }: WrongPhone, show: Show) {
  const { clock } = sessionOf(show);
  const playbacks: Playback[] = [];
  const lists: music.PlaylistDocument[] = [];
  // Subscribe before the follower does, because its player needs to know the lengths of the tracks.
  show.music.playback.subscribe((playback) => {
    if (playback) playbacks.push(playback);
  });
  show.music.playlist.subscribe((list) => {
    if (list) lists.push(list);
  });
  const lengthOf = (uri: string) =>
    lists.flatMap(({ tracks }) => tracks).find((track) => track.uri === uri)?.durationMs ?? 0;
  const atOnce = { typicalLatencyMs: { play: 0, seek: 0 }, latencyMs: () => 0 };
  const player = new SimulatedPlayer(time, device, lengthOf, atOnce);
  /** The clock's error when the player received its last command. */
  const commandClock = { errorMs: 0 };
  const onCommand = () => (commandClock.errorMs = clock.errorMs());
  const follower = followMusic(show, player, { onCommand });
  // The SDK calls its listeners in order, so the follower has received what this one reports.
  const followed = new Observed({ sequence: -1, revision: -1 });
  show.music.playback.subscribe((playback) => {
    if (playback) followed.set({ ...followed.current, sequence: playback.sequence });
  });
  show.music.playlist.subscribe((list) => {
    if (list) followed.set({ ...followed.current, revision: list.revision });
  });
  await until(clock, () => clock.state() === "measured");
  await until(follower, () => follower.moment() !== undefined);
  return {
    ambient,
    app,
    uid,
    show,
    device,
    clock,
    player,
    follower,
    followed,
    commandClock,
    playbacks,
    lists,
  };
}

describe("an evening of music", () => {
  let phones: Record<"cleo" | "ben" | "dan" | "eve" | "fay" | "gus", WrongPhone>;
  /** Ben's second device, which writes what the client package would never send. */
  let byHand: App;
  let showId: string;
  /** The show as seen by Cleo, Ben, Dan, Eve and Fay. */
  let shows: [Show, Show, Show, Show, Show];
  let cleo: Listener;
  let ben: Listener;
  let dan: Listener;
  let listeners: Listener[] = [];
  let sequence = 0;
  /**
   * When the current track started, or would have started, at position 0, by the server's clock.
   */
  let began: number;

  before(async () => {
    const [cleo, ben, dan, eve, fay, gus] = await Promise.all([
      phoneWith("creator-cleo"),
      phoneWith("creator-ben", { wallOffMs: 86_400_000 }),
      phoneWith("listener-dan", { wallOffMs: -25_000_000, driftPpm: 40 }),
      phoneWith("listener-eve", { wallOffMs: 10_800_000, driftPpm: -60 }),
      phoneWith("listener-fay", { wallOffMs: -86_400_000, driftPpm: 20 }),
      phoneWith("listener-gus", { wallOffMs: 18_000_000 }),
    ]);
    phones = { cleo, ben, dan, eve, fay, gus };
    byHand = await signInAs(await runningSuite(), "creator-ben");
  });
  after(async () => {
    for (const { follower } of listeners) follower.close();
    await Promise.all([...Object.values(phones), byHand].map((phone) => phone.close()));
  });

  const tracks = () => cleo.lists.at(-1)?.tracks ?? [];
  const uriOf = (index: number) => tracks()[index]?.uri ?? "";
  const playbackByHand = () => firestore.doc(byHand.db, `shows/${showId}/playback/now`);

  /**
   * Waits until each phone has received a host's step and the playlist revision that belongs to it.
   */
  async function everyoneHearsOf(by: Listener): Promise<number> {
    sequence += 1;
    for (const { followed, playbacks } of listeners) {
      await until(followed, () => {
        const now = playbacks.at(-1);
        const isIt = followed.current.sequence === sequence && now?.by === by.uid;
        return isIt && now.playlistRevision === followed.current.revision;
      });
    }
    const { at, positionMs } = cleo.playbacks.at(-1) ?? assert.fail();
    began = at.toMillis() - positionMs;
    return positionMs;
  }

  /** Samples all phones at the same moment. */
  const sample = () =>
    listeners.map(({ follower, clock, player, commandClock }) => ({
      moment: follower.moment(),
      errorMs: clock.errorMs(),
      heard: player.heard(),
      errorMsAtCommand: commandClock.errorMs,
    }));

  /** Asserts that the true position and each phone's estimate, within its clock error, overlap. */
  function everyonePlays(trackUri: string): void {
    const earliest = [Date.now() - began];
    const seen = sample();
    const latest = [Date.now() + 1 - began];
    for (const { moment, errorMs, heard, errorMsAtCommand } of seen) {
      assert.ok(moment?.kind === "playing" && heard, JSON.stringify({ moment, heard }));
      assert.equal(moment.trackUri, trackUri);
      earliest.push(moment.positionMs - errorMs);
      latest.push(moment.positionMs + errorMs);
      const index = tracks().findIndex(({ uri }) => uri === heard.trackUri);
      const lead = leadOver(tracks(), { ...heard, index }, { ...moment, index: moment.trackIndex });
      // Commands carry whole milliseconds.
      assert.ok(
        Math.abs(lead) <= errorMsAtCommand + errorMs + 1,
        `the player is off by ${lead} ms`,
      );
    }
    assert.ok(Math.max(...earliest) <= Math.min(...latest), JSON.stringify({ earliest, latest }));
  }

  function everyoneIsSilent(moment: object): void {
    for (const seen of sample()) {
      assert.partialDeepStrictEqual(seen.moment, moment);
      assert.equal(seen.heard, undefined);
    }
  }

  it("sets up a show with Cleo's Spotify playlist, Ben as cohost and three listeners", async () => {
    const { ambient } = phones.cleo;
    const [playlist] = (await ambient.playlists.mine()).items;
    showId = await ambient.shows.create({ title: "After dark" });
    await ambient.playlists.setPlaylist(showId, playlist?.id ?? "");
    const cleos = await ambient.start(showId);
    const join = (phone: WrongPhone) => phone.ambient.join(showId);
    const { ben, dan, eve, fay } = phones;
    const joined = await Promise.all([join(ben), join(dan), join(eve), join(fay)]);
    shows = [cleos, ...joined];
    await cleos.stage.setRole(ben.uid, "cohost");
    assert.equal(await joined[0].stage.acceptInvitation(), "cohost");
    // Each of these functions has a cold start here.
  }).timeout(90_000);

  it("begins silent in talk mode, which neither a listener nor a host's step can end", async () => {
    [cleo, ben, dan, ...listeners] = await Promise.all([
      listens(phones.cleo, shows[0]),
      listens(phones.ben, shows[1]),
      listens(phones.dan, shows[2]),
      listens(phones.eve, shows[3]),
      listens(phones.fay, shows[4]),
    ]);
    listeners.push(cleo, ben, dan);
    everyoneIsSilent({ kind: "talk" });
    await assert.rejects(cleo.show.music.play(), because("NOTHING_TO_PLAY"));
    await assert.rejects(dan.show.stage.setMode("music"), because("NOT_HOST"));
  });

  it("plays the first track in sync in music mode, and refuses a listener's pause", async () => {
    await cleo.show.stage.setMode("music");
    await everyoneHearsOf(cleo);
    everyonePlays(uriOf(0));
    await assert.rejects(dan.show.music.pause(), because("PERMISSION_DENIED"));
  });

  it("skips for Ben, whose device clock is a day off, but refuses that clock's time", async () => {
    const wrong = { sequence: sequence + 1, by: ben.uid, at: new Date(ben.device.wall()) };
    await assert.rejects(firestore.updateDoc(playbackByHand(), wrong), denied);
    await ben.show.music.next();
    await everyoneHearsOf(ben);
    everyonePlays(uriOf(1));
  });

  it("advances to the next track by itself", async () => {
    const durationMs = tracks()[1]?.durationMs ?? NaN;
    await cleo.show.music.seek(durationMs - 1_000);
    await everyoneHearsOf(cleo);
    began += durationMs;
    for (const { follower } of listeners) {
      await until(follower, () => JSON.stringify(follower.moment()).includes(uriOf(2)));
    }
    everyonePlays(uriOf(2));
  });

  it("plays in sync for Gus, who joins in the middle", async () => {
    listeners.push(await listens(phones.gus, await phones.gus.ambient.join(showId)));
    everyonePlays(uriOf(2));
  });

  it("skips one track, not two, when both hosts press at once", async () => {
    const presses = [cleo, ben].map(({ show }) => show.music.next());
    const [cleos, bens] = await Promise.allSettled(presses);
    assert.deepEqual([cleos?.status, bens?.status].sort(), ["fulfilled", "rejected"]);
    const [tooLate] = [cleos, bens].filter((press) => press?.status === "rejected");
    because("PLAYBACK_CHANGED")(tooLate?.reason);
    await everyoneHearsOf(cleos?.status === "fulfilled" ? cleo : ben);
    everyonePlays(uriOf(3));
  });

  it("pauses and resumes at the same position, despite a delayed offline step", async () => {
    await firestore.disableNetwork(byHand.db);
    const at = firestore.serverTimestamp();
    const step = { sequence: sequence + 1, by: ben.uid, at, positionMs: 0 };
    const late = assert.rejects(firestore.updateDoc(playbackByHand(), step), denied);
    const before = Date.now() - began;
    await cleo.show.music.pause();
    const after = Date.now() - began;
    await firestore.enableNetwork(byHand.db);
    await late;
    const whereItWas = await everyoneHearsOf(cleo);
    const errorMs = cleo.clock.errorMs() + 1;
    const isThere = before - errorMs <= whereItWas && whereItWas <= after + errorMs;
    assert.ok(isThere, JSON.stringify({ before, whereItWas, after, errorMs }));
    everyoneIsSilent({ kind: "paused", trackUri: uriOf(3), positionMs: whereItWas });

    await ben.show.music.play();
    assert.equal(await everyoneHearsOf(ben), whereItWas);
    everyonePlays(uriOf(3));
  });

  it("keeps playing through an edit of the playlist, and moves on when the track is removed", async () => {
    const revision = cleo.lists.at(-1)?.revision ?? NaN;
    const [first, second, third, fourth, fifth] = [0, 1, 2, 3, 4].map(uriOf);
    const order = [fourth, second, third, fifth, first].map(String);
    const reorder = ({ ambient }: Listener, at: number, uris = order) =>
      ambient.playlists.reorder(showId, at, uris);
    await assert.rejects(reorder(dan, revision), because("NOT_HOST"));
    const before = began;
    await reorder(ben, revision);
    await everyoneHearsOf(ben);
    assert.ok(Math.abs(began - before) <= 1);
    everyonePlays(order[0] ?? "");

    const shorter = order.slice(3);
    await assert.rejects(reorder(cleo, revision, shorter), because("PLAYLIST_CHANGED"));
    await reorder(cleo, revision + 1, shorter);
    assert.equal(await everyoneHearsOf(cleo), 0);
    everyonePlays(order[3] ?? "");
  });

  it("switches back to talk, with silence on every phone", async () => {
    await ben.show.stage.setMode("talk");
    await everyoneHearsOf(ben);
    everyoneIsSilent({ kind: "talk" });
    await assert.rejects(ben.show.music.play(), because("NOTHING_TO_PLAY"));
  });

  it("ends with each track counted and each change once in the timeline", async () => {
    assert.equal(cleo.playbacks.length, sequence + 1);
    const timeline = `shows/${showId}/timeline`;
    for (const change of cleo.playbacks) {
      const kept = listenTo(cleo.app, `${timeline}/${change.sequence}`, music.timelineDocument);
      assert.deepEqual(await kept.first((entry) => entry !== undefined), change);
      kept.stop();
    }
    const all = firestore.collection(cleo.app.db, timeline);
    assert.equal((await firestore.getDocs(all)).size, sequence + 1);
    const { tracksPlayed } = await cleo.show.end();
    assert.equal(tracksPlayed, 5);
  });

  it("leaves a setlist, which a listener saves to their own Spotify once", async () => {
    const { spotify } = await runningSuite();
    const { ambient } = dan;
    const { tracks: played } = (await first(ambient.shows.setlistOf(showId), Boolean)) ?? {};
    assert.ok(played);
    assert.equal(played.length, 5);
    assert.ok(played.every(({ name, artists }) => name !== "" && artists.length > 0));
    for (const [index, { startedAt, playedMs }] of played.entries()) {
      assert.ok(startedAt + playedMs <= (played[index + 1]?.startedAt ?? Infinity));
    }
    const api = spotifyOf(ambient, { baseUrl: `http://${spotify}/v1` });
    // The second tap of an impatient listener, and a later one.
    const [saved, again] = await Promise.all([
      saveSetlist(ambient, showId, { api }),
      saveSetlist(ambient, showId, { api }),
    ]);
    const later = await saveSetlist(ambient, showId, { api });
    assert.deepEqual([saved.isNew, again.id, later.id], [true, saved.id, saved.id]);
    const { body } = await api.request("GET", `/playlists/${saved.id}`);
    const items = z.array(z.object({ item: z.object({ uri: z.string() }) }));
    const playlist = z
      .object({ name: z.string(), public: z.boolean(), items: z.object({ items }) })
      .parse(body);
    assert.deepEqual([playlist.name, playlist.public], ["After dark · setlist", false]);
    assert.deepEqual(
      playlist.items.items.map(({ item }) => item.uri),
      [...new Set(played.map(({ uri }) => uri))],
    );
    await assert.rejects(saveSetlist(ambient, "no-such-show", { api }), because("NOT_FOUND"));
  });

  it("leaves a summary that counts what listeners do in Spotify, to compare with earlier shows", async () => {
    const { shows: mine } = cleo.ambient;
    await Promise.all([
      phones.eve.ambient.shows.countUse(showId, "opened"),
      // A creator does not count, however often they look.
      mine.countUse(showId, "opened"),
    ]);
    await phones.eve.ambient.shows.countUse(showId, "opened");
    const summary = await first(mine.summary(showId), (found) => found?.opens === 1);
    assert.partialDeepStrictEqual(summary, { opens: 1, saves: 1, tracksPlayed: 5 });
    assert.ok(summary?.audience && summary.audience.length > 0);
    const latest = await mine.compareWithLastShows({ limit: 1 });
    assert.deepEqual(
      latest.items.map((show) => [show.id, show.summary]),
      [[showId, summary]],
    );
    assert.ok(latest.next);
    const earlier = await mine.compareWithLastShows({ limit: 1, after: latest.next });
    assert.ok(earlier.items.every(({ id }) => id !== showId));
    const neverStarted = { ...latest.next, startedAt: undefined };
    await assert.rejects(
      mine.compareWithLastShows({ after: neverStarted }),
      because("INVALID_ARGUMENT"),
    );
    assert.match(summaryCsv(latest.items), new RegExp(`\r\n${showId},`));
    await assert.rejects(
      first(dan.ambient.shows.summary(showId), Boolean),
      because("PERMISSION_DENIED"),
    );
  });
});
