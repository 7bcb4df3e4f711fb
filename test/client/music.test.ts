import assert from "node:assert/strict";
import { deviceClock } from "../../client/src/clock/localClock.js";
import { measured } from "../../client/src/clock/measured.js";
import { asAmbientError } from "../../client/src/errors/ambientError.js";
import { followMusic } from "../../client/src/music/followMusic.js";
import type { Playback } from "../../client/src/music/music.js";
import type { PlayerAdapter } from "../../client/src/player/player.js";
import { firebaseJs } from "../../client/src/sdk/firebaseJs.js";
import type { FirebaseSdk } from "../../client/src/sdk/firebaseSdk.js";
import { sessionOf, type Show } from "../../client/src/show/show.js";
import { phoneOf, type Phone } from "../../local/clientApp/ambient.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { Line } from "../support/line.js";
import { because } from "../support/refusal.js";
import { sdkSeen } from "../support/sdkWithOnSnapshot.js";
import { first } from "../support/subscribed.js";
import { runningSuite } from "../support/suite.js";

/** Resolves once `holds` is true. It checks every 50 ms and on every change of the source. */
function until(source: { subscribe(tell: () => void): () => void }, isReached: () => boolean) {
  return new Promise<void>((resolve) => {
    const check = () => {
      if (!isReached()) return;
      clearInterval(timer);
      resolve();
      // The first check can come before `unsubscribe` is assigned.
      setImmediate(() => {
        unsubscribe();
      });
    };
    const timer = setInterval(check, 50);
    const unsubscribe = source.subscribe(check);
  });
}

const fromCache = (snapshot: object): unknown =>
  Object.create(snapshot, { metadata: { value: { fromCache: true, hasPendingWrites: false } } });

/** A player that obeys every command and records it. */
const playerOf = (commands: string[]): PlayerAdapter => ({
  longestList: 100,
  typicalLatencyMs: { play: 0, seek: 0 },
  reportEveryMs: 5_000,
  settlingMs: 1_000,
  play: ({ uris }) => {
    commands.push(`play ${uris[0] ?? ""}`);
    return Promise.resolve();
  },
  pause: () => {
    commands.push("pause");
    return Promise.resolve();
  },
  seek: () => Promise.resolve(),
  report: () => Promise.resolve(null),
});

/** A show's music through the client package: the hosts' steps, and the listeners' players. */
describe("the client package's music", () => {
  let endpoints: Endpoints;
  let ben: Phone;
  let dan: Phone;
  let eve: Phone;
  let showId: string;
  let bens: Show;
  let dans: Show;
  let eves: Show;

  before(async () => {
    endpoints = await runningSuite();
    [ben, dan, eve] = await Promise.all([
      phoneOf(endpoints, "creator-ben"),
      phoneOf(endpoints, "listener-dan"),
      phoneOf(endpoints, "listener-eve"),
    ]);
    showId = await ben.ambient.shows.create({ title: "Song by song" });
    const [playlist] = (await ben.ambient.playlists.mine()).items;
    await ben.ambient.playlists.setPlaylist(showId, playlist?.id ?? "");
    bens = await ben.ambient.start(showId);
    [dans, eves] = await Promise.all([dan.ambient.join(showId), eve.ambient.join(showId)]);
  });
  after(async () => {
    await bens.end();
    await Promise.all([ben, dan, eve].map((phone) => phone.close()));
  });

  it("applies each step in a transaction, against the state that the host saw", async () => {
    await assert.rejects(bens.music.play(), because("NOTHING_TO_PLAY"));
    await bens.stage.setMode("music", 0);
    const stop = bens.music.playback.subscribe(() => undefined);
    const started = await first(bens.music.playback, (playback) => playback?.mode === "music");
    await bens.music.next();
    const next = await first(dans.music.playback, (playback) => playback?.trackIndex === 1);
    assert.equal(next?.sequence, (started?.sequence ?? NaN) + 1);
    await first(bens.music.playback, (playback) => playback?.sequence === next.sequence);
    await bens.music.pause();
    await first(dans.music.playback, (playback) => playback?.paused === true);
    await bens.music.previous();
    await first(dans.music.playback, (playback) => playback?.trackIndex === 0);
    await assert.rejects(dans.music.pause(), because("PERMISSION_DENIED"));
    await bens.stage.setMode("talk");
    stop();
  });

  it("applies one host's quick steps in order, and only one of two hosts' simultaneous steps", async () => {
    const tablet = await ben.ambient.join(showId);
    await bens.stage.setMode("music", 0);
    const shows = [bens, tablet];
    const stops = shows.map(({ music }) => music.playback.subscribe(() => undefined));
    const [started] = await Promise.all(
      shows.map(({ music }) => first(music.playback, (playback) => playback?.mode === "music")),
    );
    const sequence = started?.sequence ?? NaN;
    await Promise.all([bens.music.pause(), bens.music.seek(30_000)]);
    const both = (playback?: Playback) => playback?.sequence === sequence + 2;
    const [now] = await Promise.all(shows.map(({ music }) => first(music.playback, both)));
    assert.deepEqual([now?.paused, now?.positionMs], [true, 30_000]);
    const answers = await Promise.allSettled([bens.music.next(), tablet.music.next()]);
    const refused = answers.flatMap((answer) =>
      answer.status === "rejected" ? [asAmbientError(answer.reason).reason] : [],
    );
    assert.deepEqual(refused, ["PLAYBACK_CHANGED"]);
    for (const stop of stops) stop();
    tablet.close();
    await bens.stage.setMode("talk");
  });

  it("bases the step of a host who only follows the music on what the follower received", async () => {
    let isBehind = false;
    const sdk = sdkSeen((snapshot) => (isBehind ? undefined : snapshot));
    const tablet = await phoneOf(endpoints, "creator-ben", sdk);
    const show = await tablet.ambient.join(showId);
    const follower = followMusic(show, playerOf([]));
    const { sequence } = await bens.stage.setMode("music", 0);
    await until(follower, () => follower.moment()?.kind === "playing");
    isBehind = true;
    await bens.music.next();
    // Otherwise it would skip a track.
    await assert.rejects(show.music.next(), because("PLAYBACK_CHANGED"));
    const now = await first(dans.music.playback, (it) => it?.trackIndex === 1);
    assert.equal(now?.sequence, sequence + 1);
    follower.close();
    await bens.stage.setMode("talk");
    await tablet.close();
  });

  it("applies a host's step once when its answer is lost", async () => {
    const line = await Line.to(endpoints.firestore);
    const { firestore } = firebaseJs;
    let isLost = false;
    const losing: FirebaseSdk = {
      ...firebaseJs,
      firestore: {
        ...firestore,
        runTransaction: (db, run) =>
          firestore.runTransaction(db, async (transaction) => {
            const result = await run(transaction);
            if (!isLost) line.loseAnswers();
            isLost = true;
            return result;
          }),
      },
    };
    const onTheMove = await phoneOf(
      { ...endpoints, firestore: line.address },
      "creator-ben",
      losing,
    );
    const { sequence } = await bens.stage.setMode("music", 0);
    const show = await onTheMove.ambient.join(showId);
    const unanswered = show.music.next();
    await first(bens.music.playback, (playback) => playback?.sequence === sequence + 1);
    line.cut();
    line.restore();
    await unanswered;
    const talk = await bens.stage.setMode("talk");
    assert.equal(talk.sequence, sequence + 2);
    show.close();
    await onTheMove.close();
    line.close();
  });

  it("plays the music on the listener's own player and stops it for talk", async () => {
    const commands: string[] = [];
    const follower = followMusic(eves, playerOf(commands));
    const playlist = await first(eves.music.playlist, (list) => list !== undefined);
    await bens.stage.setMode("music", 2);
    await until(follower, () => commands.includes(`play ${playlist?.tracks[2]?.uri ?? ""}`));
    assert.equal(follower.moment()?.kind, "playing");
    await bens.stage.setMode("talk");
    await until(follower, () => commands.at(-1) === "pause");
    follower.close();
    follower.close();
  });

  it("leaves the player alone when another device of the same account takes over", async () => {
    const commands: string[] = [];
    const follower = followMusic(eves, playerOf(commands));
    await bens.stage.setMode("music", 0);
    await until(follower, () => commands.length > 0);
    follower.release();
    await bens.stage.setMode("talk");
    await first(eves.music.playback, (playback) => playback?.mode === "talk");
    follower.close();
    assert.deepEqual(
      commands.map((command) => command.split(" ")[0]),
      ["play"],
    );
  });

  it("pauses the player when the listener closes the show", async () => {
    const commands: string[] = [];
    const tablet = await eve.ambient.join(showId);
    const follower = followMusic(tablet, playerOf(commands));
    await bens.stage.setMode("music", 0);
    await first(eves.music.playback, (playback) => playback?.mode === "music");
    await until(follower, () => commands.length > 0);
    tablet.close();
    await until(follower, () => commands.at(-1) === "pause");
    await bens.stage.setMode("talk");
  });

  it("starts no music from a stale cache", async () => {
    let isSynced = false;
    const sdk = sdkSeen((snapshot) => (isSynced ? snapshot : fromCache(snapshot)));
    const gus = await phoneOf(endpoints, "listener-gus", sdk);
    await bens.stage.setMode("music", 1);
    const show = await gus.ambient.join(showId);
    const follower = followMusic(show, playerOf([]));
    await first(show.music.playback, (playback) => playback?.mode === "music");
    await first(show.music.playlist, (playlist) => playlist !== undefined);
    await measured(sessionOf(show).clock, deviceClock, 30_000);
    assert.equal(follower.moment(), undefined);
    follower.close();
    isSynced = true;
    const synced = followMusic(show, playerOf([]));
    await until(synced, () => synced.moment()?.kind === "playing");
    synced.close();
    await show.leave();
    await bens.stage.setMode("talk");
    await gus.close();
  });
}).timeout(90_000);
