import assert from "node:assert/strict";
import type { ErrorDetails } from "../../src/errors/ambientError.js";
import { spotifyError, type SpotifyFailureReason } from "../../src/spotify/spotifyFailure.js";
import { Listener, songs } from "../support/listener.js";

const SECOND = 1_000;
const MINUTE = 60_000;
const SONG = 180_000;

describe("the follower", () => {
  let dan: Listener;
  const arrive = async (nature?: ConstructorParameters<typeof Listener>[0]) => {
    dan = new Listener(nature);
    await dan.joins();
  };
  const pass = (ms: number) => dan.time.passes(ms);
  const outcome = () => dan.follower.outcome();
  const near = (song: string, withinMs = 2) => {
    const hearing = dan.hearing();
    assert.ok(hearing !== "silence", `silence instead of ${song}`);
    assert.equal(hearing.song, song);
    assert.ok(Math.abs(hearing.aheadMs) <= withinMs, `${hearing.aheadMs} ms ahead`);
  };

  describe("joining", () => {
    beforeEach(() => arrive());

    it("in the middle of a track: sends the rest of the playlist, from where the show will be when it is heard", async () => {
      dan.write({ mode: "music", trackUri: "B", trackIndex: 1, positionMs: 0, paused: false });
      await pass(100 * SECOND);
      dan.hears();
      assert.deepEqual(dan.commands(), ["play BCDE 100500"]);
      assert.equal(outcome().kind, "starting");
      await pass(500);
      near("B");
      assert.equal(outcome().kind, "playing");
    });

    it("in a later track than the host started", async () => {
      dan.write({ mode: "music", trackUri: "A", trackIndex: 0, positionMs: 0, paused: false });
      await pass(SONG + 30 * SECOND);
      dan.hears();
      await pass(500);
      assert.deepEqual(dan.commands(), ["play BCDE 30500"]);
      near("B");
    });

    it("after the last track: plays nothing", async () => {
      dan.write({ mode: "music", trackUri: "E", trackIndex: 4, positionMs: 0, paused: false });
      await pass(SONG + SECOND);
      dan.hears();
      await pass(MINUTE);
      assert.deepEqual(dan.commands(), []);
      assert.deepEqual(outcome(), { kind: "silent", because: "over" });
    });

    it("in talk mode, or before a track is chosen", async () => {
      await pass(MINUTE);
      assert.deepEqual(outcome(), { kind: "silent", because: "talk" });
      dan.acts({ mode: "music" });
      assert.deepEqual(outcome(), { kind: "silent", because: "idle" });
      assert.deepEqual(dan.commands(), []);
    });

    it("while the music is paused", async () => {
      dan.plays("A");
      dan = new Listener();
      await dan.time.passes(SECOND);
      dan.acts({ mode: "music", trackUri: "A", trackIndex: 0, positionMs: 5_000, paused: true });
      await pass(MINUTE);
      assert.deepEqual(dan.commands(), []);
      assert.equal(outcome().kind, "paused");
    });
  });

  it("follows neither a local write that is not confirmed nor a cached playback", async () => {
    await arrive();
    dan.write({ mode: "music", trackUri: "A", trackIndex: 0, positionMs: 0, paused: false });
    const fromServer = { hasPendingWrites: false, fromCache: false };
    for (const metadata of [
      { ...fromServer, fromCache: true },
      { ...fromServer, hasPendingWrites: true },
    ]) {
      dan.follower.playbackArrived(dan.playback, metadata);
      await pass(MINUTE);
      assert.deepEqual(dan.commands(), []);
    }
    // A transaction has no local echo: on the phone that ran it, it shows like this.
    dan.follower.playbackArrived(dan.playback, fromServer);
    await pass(SECOND);
    near("A");
  });

  it("waits for the server's clock", async () => {
    dan = new Listener();
    dan.plays("A");
    assert.equal(outcome().kind, "waiting");
    assert.deepEqual(dan.commands(), []);
    await pass(SECOND);
    near("A");
  });

  describe("while the music plays", () => {
    beforeEach(async () => {
      await arrive();
      dan.plays("A");
      await pass(3 * SECOND);
      near("A");
    });

    it("sends no command at the end of a track, because the player continues by itself", async () => {
      await pass(2 * SONG);
      near("C");
      assert.deepEqual(dan.commands(), ["play ABCDE 500"]);
    });

    it("is silent after the last track, and stops what Spotify would play next", async () => {
      await pass(5 * SONG - 4 * SECOND);
      near("E");
      await pass(2 * SECOND);
      assert.deepEqual(outcome(), { kind: "silent", because: "over" });
      assert.equal(dan.hearing(), "silence");
      assert.equal(dan.commands().at(-1), "pause");
    });

    it("recognises another release of a track, which the listener's country plays instead", async () => {
      for (const isTold of [true, false]) {
        const recording = { name: "Song A", artists: ["Band"], durationMs: SONG + 400 };
        await arrive({
          reportEveryMs: 10 * SECOND,
          release: (uri) => ({
            trackUri: `other release of ${uri}`,
            ...(isTold && { recording: { ...recording, name: `Song ${uri}` } }),
          }),
        });
        dan.tracks = songs("ABC").map((each) => ({
          ...each,
          name: `Song ${each.uri}`,
          artists: ["Band"],
        }));
        dan.plays("A");
        await pass(SONG + MINUTE);
        // Without the recording, it looks as if the listener chose other music.
        assert.equal(outcome().kind, isTold ? "playing" : "stopped");
        if (isTold) near("B");
      }
    });

    it("pauses and resumes with the host, at the host's position", async () => {
      dan.pauses();
      assert.equal(dan.commands().at(-1), "pause");
      assert.equal(outcome().kind, "paused");
      await pass(10 * SECOND);
      assert.equal(dan.hearing(), "silence");
      dan.plays("A", 3_000);
      await pass(SECOND);
      near("A");
    });

    it("seeks within the track, and plays for another track", async () => {
      dan.plays("A", 60_000);
      await pass(SECOND);
      assert.match(dan.commands().at(-1) ?? "", /^seek 60/);
      near("A");
      dan.plays("D");
      await pass(SECOND);
      assert.match(dan.commands().at(-1) ?? "", /^play DE /);
      near("D");
      dan.plays("B");
      await pass(SECOND);
      near("B");
    });

    it("follows a host's seek even if Spotify refuses to seek", async () => {
      for (const reason of ["unavailable", "restricted"] as const) {
        dan.player.fails("seek", spotifyError(reason));
        dan.plays("A", reason === "restricted" ? 20_000 : 90_000);
        await pass(SECOND);
        near("A");
      }
      dan.player.fails("seek", spotifyError("rateLimited", { retryAfterSeconds: 10 }));
      dan.plays("A", 50_000);
      await pass(SECOND);
      assert.equal(outcome().kind, "rateLimited");
      await pass(15 * SECOND);
      near("A");
    });

    it("stops at once when talk begins", async () => {
      dan.talks();
      assert.equal(dan.commands().at(-1), "pause");
      await pass(200);
      assert.equal(dan.hearing(), "silence");
      await pass(MINUTE);
      assert.deepEqual(dan.commands(), ["play ABCDE 500", "pause"]);
    });

    it("stops a track that it has just started when talk begins", async () => {
      dan.plays("C");
      await pass(100);
      dan.talks();
      assert.equal(dan.commands().at(-1), "pause");
      await pass(3 * SECOND);
      assert.equal(dan.hearing(), "silence");
      await pass(MINUTE);
      assert.equal(dan.hearing(), "silence");
    });

    it("ignores half an edit, and an edit that does not change what comes next", async () => {
      const before = dan.commands().length;
      dan.follower.playlistArrived({ revision: 2, tracks: [] });
      await pass(SECOND);
      near("A");
      dan.edits("XABCDE");
      await pass(10 * SECOND);
      near("A");
      assert.equal(dan.commands().length, before);
    });

    it("sends the list again if another track comes next", async () => {
      dan.edits("ADBCE");
      await pass(SECOND);
      assert.match(dan.commands().at(-1) ?? "", /^play ADBCE /);
      near("A");
      await pass(SONG);
      near("D");
    });

    it("sends the list at the end of the track if the change comes later", async () => {
      dan.edits("ABDCE");
      await pass(MINUTE);
      assert.equal(dan.commands().length, 1);
      await pass(SONG - 3 * SECOND - MINUTE + 50);
      assert.deepEqual(dan.commands().slice(1), ["play BDCE 0"]);
      assert.deepEqual(dan.reasons, ["show", "rest"]);
      near("B", 60);
      await pass(SONG);
      near("D", 60);
    });

    it("plays the next track when the current one is removed", async () => {
      dan.tracks = dan.tracks.slice(1);
      dan.revision = 2;
      dan.plays("B");
      await pass(SECOND);
      assert.match(dan.commands().at(-1) ?? "", /^play BCDE /);
      near("B");
    });

    it("reports each change once", async () => {
      const heard: string[] = [];
      dan.follower.subscribe(() => {
        const moment = dan.follower.moment();
        const track = moment && "trackUri" in moment ? moment.trackUri : "";
        heard.push(`${outcome().kind} ${track}`);
      });
      await pass(SONG);
      dan.talks();
      await pass(SECOND);
      assert.deepEqual(heard, ["playing B", "silent "]);
    });

    it("pauses when the listener leaves", async () => {
      dan.follower.close();
      await pass(200);
      assert.equal(dan.hearing(), "silence");
      dan.plays("C");
      await pass(MINUTE);
      assert.equal(dan.hearing(), "silence");
    });
  });

  it("leaves the music to another device of the same account", async () => {
    await arrive();
    dan.plays("A");
    await pass(5 * SECOND);
    dan.follower.release();
    dan.follower.close();
    dan.talks();
    await pass(5 * SECOND);
    assert.notEqual(dan.hearing(), "silence");
  });

  it("takes the music over again with the same player", async () => {
    await arrive();
    dan.plays("A");
    await pass(5 * SECOND);
    dan.follower.release();
    dan.player.listenerPauses();
    await pass(10 * SECOND);
    dan.follows();
    dan.hears();
    await pass(SECOND);
    near("A");
    dan.talks();
    await pass(SECOND);
    assert.equal(dan.hearing(), "silence");
  });

  it("sends nothing after that, whatever was in progress", async () => {
    await arrive();
    dan.plays("A");
    await pass(10 * SECOND);
    dan.player.fails("pause", spotifyError("unavailable"));
    dan.talks();
    dan.follower.release();
    await pass(MINUTE);
    assert.notEqual(dan.hearing(), "silence");
    assert.equal(dan.commands().filter((command) => command === "pause").length, 1);
  });

  it("pauses at once when the listener leaves, however many pauses have failed before", async () => {
    await arrive();
    dan.plays("A");
    await pass(10 * SECOND);
    dan.player.fails("pause", spotifyError("unavailable"), 8);
    dan.talks();
    await pass(30 * SECOND);
    assert.notEqual(dan.hearing(), "silence");
    dan.player.recovers("pause");
    dan.follower.close();
    await pass(SECOND);
    assert.equal(dan.hearing(), "silence");
  });

  it("stops trying long after the listener left, and leaves their own music alone", async () => {
    await arrive();
    dan.plays("A");
    await pass(10 * SECOND);
    dan.player.fails("pause", spotifyError("rateLimited", { retryAfterSeconds: 30 }));
    dan.follower.close();
    await pass(MINUTE);
    assert.notEqual(dan.hearing(), "silence");
  });

  it("repeats the pause after the listener left until it succeeds, and then stops", async () => {
    await arrive();
    dan.plays("A");
    await pass(10 * SECOND);
    dan.player.fails("pause", spotifyError("rateLimited", { retryAfterSeconds: 5 }));
    dan.player.fails("pause", spotifyError("unavailable"));
    dan.follower.close();
    await pass(7 * SECOND);
    assert.notEqual(dan.hearing(), "silence");
    await pass(3 * SECOND);
    assert.equal(dan.hearing(), "silence");
    const sent = dan.commands().length;
    await pass(MINUTE);
    assert.equal(dan.commands().length, sent);
  });

  it("leaves a player to the next show that uses it", async () => {
    await arrive();
    dan.plays("A");
    await pass(10 * SECOND);
    dan.player.fails("pause", spotifyError("rateLimited", { retryAfterSeconds: 5 }));
    dan.goesOn();
    dan.plays("C");
    await pass(30 * SECOND);
    near("C");
    assert.equal(dan.commands().filter((command) => command === "pause").length, 1);
  });

  it("pauses the earlier show's music if the next show talks", async () => {
    await arrive();
    dan.plays("A");
    await pass(10 * SECOND);
    dan.player.fails("pause", spotifyError("rateLimited", { retryAfterSeconds: 5 }));
    dan.goesOn();
    dan.talks();
    await pass(SECOND);
    assert.equal(dan.hearing(), "silence");
  });

  it("gives up after a while if the player cannot be paused", async () => {
    await arrive();
    dan.plays("A");
    await pass(10 * SECOND);
    dan.player.fails("pause", spotifyError("unavailable"), 100);
    const before = dan.commands().length;
    dan.follower.close();
    await pass(10 * MINUTE);
    assert.deepEqual(dan.commands().slice(before), ["pause", "pause", "pause"]);
  });

  it("pauses again if a command arrives after the listener left", async () => {
    await arrive({ latencyMs: (kind) => (kind === "play" ? 2 * SECOND : 100) });
    dan.plays("A");
    dan.follower.close();
    await pass(10 * SECOND);
    assert.equal(dan.hearing(), "silence");
  });

  it("pauses twice if the listener leaves soon after a command, which may take effect late", async () => {
    const pauses = () => dan.commands().filter((command) => command === "pause").length;
    for (const [playedMs, expected] of [
      [SECOND, 2],
      [MINUTE, 1],
    ] as const) {
      await arrive();
      dan.plays("A");
      await pass(playedMs);
      dan.follower.close();
      await pass(MINUTE);
      assert.equal(pauses(), expected);
    }
  });

  it("measures the server's clock while the stage plays music, and only then", async () => {
    await arrive();
    const measures = async () => {
      const { requestCount } = dan.server;
      await pass(30 * MINUTE);
      return dan.server.requestCount > requestCount;
    };
    dan.talks();
    assert.equal(await measures(), false);
    dan.plays("A");
    assert.equal(await measures(), true);
    dan.follower.close();
    assert.equal(await measures(), false);
  });

  it("pauses if the listener leaves while the music starts", async () => {
    await arrive();
    dan.plays("A");
    dan.follower.close();
    await pass(5 * SECOND);
    assert.equal(dan.hearing(), "silence");
  });

  it("sends the rest before a short list runs out", async () => {
    await arrive({ longestList: 2 });
    dan.plays("A");
    await pass(SECOND);
    for (const song of "BCDE") {
      await pass(SONG);
      near(song, 60);
    }
    await pass(SONG);
    assert.equal(dan.hearing(), "silence");
    assert.deepEqual(
      dan.player.commands.filter(({ kind }) => kind === "play").map(({ uris }) => uris.join("")),
      ["AB", "BC", "CD", "DE"],
    );
  });

  describe("a player that is off", () => {
    it("is corrected once, and the latency is right the next time", async () => {
      await arrive({ latencyMs: (kind) => (kind === "play" ? 750 : 90) });
      dan.plays("A");
      await pass(SECOND);
      near("A", 251);
      await pass(4 * SECOND);
      near("A", 11);
      dan.plays("C");
      await pass(SECOND);
      near("C", 11);
      assert.deepEqual(dan.reasons, ["show", "drift", "show"]);
    });

    it("is left alone within the tolerance", async () => {
      await arrive({ latencyMs: (kind) => (kind === "play" ? 525 : 100) });
      dan.plays("A");
      await pass(2 * MINUTE);
      assert.deepEqual(dan.reasons, ["show"]);
    });

    it("is not corrected for one odd report", async () => {
      let strange = false;
      await arrive({ reportErrorMs: () => (strange ? 900 : 0) });
      dan.plays("A");
      await pass(3 * SECOND);
      strange = true;
      await pass(4 * SECOND);
      strange = false;
      await pass(2 * MINUTE);
      assert.deepEqual(dan.reasons, ["show"]);
    });

    it("is not corrected by less than the error of its reports", async () => {
      await arrive({ latencyMs: () => 580, wayMs: () => 60 });
      dan.plays("A");
      await pass(MINUTE);
      assert.deepEqual(dan.reasons, ["show"]);
    });

    it("is corrected at most once a minute, however it drifts", async () => {
      await arrive({ rate: 1.02 });
      dan.plays("A");
      await pass(10 * MINUTE);
      const seeks = dan.player.commands.filter(({ kind }) => kind !== "play");
      assert.ok(seeks.length >= 8, String(seeks.length));
      for (const [index, { at }] of seeks.slice(1).entries()) {
        assert.ok(at - (seeks[index]?.at ?? 0) >= MINUTE);
      }
    });

    it("still follows a host at once", async () => {
      await arrive({ rate: 1.02 });
      dan.plays("A");
      await pass(8 * SECOND);
      assert.ok(dan.reasons.includes("drift"));
      dan.plays("A", 100_000);
      await pass(200);
      near("A", 20);
    });

    it("is recognised as late after the end of a track", async () => {
      await arrive({ gapMs: () => 700 });
      dan.plays("A", SONG - 10 * SECOND);
      await pass(10 * SECOND + 300);
      assert.equal(dan.reasons.length, 1);
      await pass(10 * SECOND);
      near("B", 31);
      assert.deepEqual(dan.reasons, ["show", "drift"]);
    });

    it("gets a command again if an earlier one overtook it within a track", async () => {
      let slow = 0;
      await arrive({ latencyMs: (kind) => (kind === "play" ? 500 + slow : 100) });
      dan.plays("A");
      await pass(3 * SECOND);
      slow = 700;
      dan.plays("C");
      await pass(700);
      slow = 0;
      dan.plays("C", 90_000);
      await pass(5 * SECOND);
      near("C");
      assert.deepEqual(dan.reasons, ["show", "show", "show", "lost"]);
    });

    it("is not judged by a report from before the last command", async () => {
      await arrive({ wayMs: () => 400 });
      dan.plays("A", SONG - 10 * SECOND);
      await pass(SONG);
      const { reports } = dan.player;
      while (dan.player.reports === reports) await pass(50);
      // The report on its way shows a later track than the current one.
      dan.plays("A");
      await pass(2 * SECOND);
      near("A");
      assert.equal(outcome().kind, "playing");
    });

    it("gets an overtaken command again, but only once", async () => {
      let slow = 0;
      await arrive({ latencyMs: (kind) => (kind === "play" ? 500 + slow : 100) });
      dan.plays("A");
      await pass(3 * SECOND);
      slow = 3 * SECOND;
      dan.plays("C");
      await pass(1_800);
      slow = 0;
      // The command was sent but is not audible yet.
      dan.plays("C", 90_000);
      await pass(10 * SECOND);
      near("C", 31);
      assert.equal(dan.reasons.filter((reason) => reason === "lost").length, 1);
    });
  });

  describe("a listener's own outcome", () => {
    const failing = async (reason: SpotifyFailureReason, times = 1, details: ErrorDetails = {}) => {
      await arrive();
      dan.player.fails("play", spotifyError(reason, details), times);
      dan.plays("A");
      await pass(SECOND);
    };
    const plays = () => dan.player.commands.length;

    it("without a device: tries again by itself, and when a host acts", async () => {
      await failing("noDevice", 2);
      assert.equal(outcome().kind, "noDevice");
      await pass(5 * SECOND);
      assert.equal(plays(), 2);
      dan.plays("B");
      await pass(SECOND);
      near("B");
      assert.equal(outcome().kind, "playing");
    });

    it("without a device: reports the devices to choose from, and each change of them", async () => {
      const phones = ["one", "two"].map((id) => ({ id, name: "Phone", type: "Smartphone" }));
      await failing("noDevice");
      assert.deepEqual(outcome(), { kind: "noDevice", devices: [] });
      const outcomes: unknown[] = [];
      dan.follower.subscribe(() => outcomes.push(outcome()));
      dan.player.fails("play", spotifyError("noDevice", { devices: phones }));
      await pass(5 * SECOND);
      assert.deepEqual(outcomes, [{ kind: "noDevice", devices: phones }]);
      dan.follower.resume();
      await pass(SECOND);
      near("A");
    });

    it("that only the listener can change: waits for them", async () => {
      for (const reason of [
        "notPremium",
        "notAllowListed",
        "appMissing",
        "relinkRequired",
      ] as const) {
        await failing(reason);
        assert.equal(outcome().kind, reason);
        dan.plays("B");
        await pass(10 * MINUTE);
        assert.equal(plays(), 1, reason);
        dan.plays("C");
        dan.follower.resume();
        await pass(SECOND);
        near("C");
      }
    });

    it("waits as long as Spotify asks, even if the listener tries again", async () => {
      await failing("rateLimited", 1, { retryAfterSeconds: 20 });
      // Half as long again, by chance.
      assert.deepEqual(outcome(), { kind: "rateLimited", retryAfterMs: 29_250 });
      dan.plays("B");
      dan.follower.resume();
      await pass(28 * SECOND);
      assert.equal(plays(), 1);
      await pass(2 * SECOND);
      near("B");
    });

    it("with an exceeded quota: looks and plays no more for a quarter of an hour", async () => {
      await failing("quotaExceeded", 1);
      assert.equal(outcome().kind, "quotaExceeded");
      const { reports } = dan.player;
      for (let minute = 0; minute < 14; minute += 1) {
        dan.plays("A");
        dan.follower.resume();
        dan.follower.refresh();
        await pass(MINUTE);
      }
      assert.deepEqual([plays(), dan.player.reports], [1, reports]);
      await pass(2 * MINUTE);
      assert.equal(plays(), 2);
    });

    it("with a track that Spotify refuses: tries the next track when it begins", async () => {
      await failing("restricted");
      assert.deepEqual(outcome(), { kind: "notPlayable", trackUri: "A" });
      await pass(SONG - 2 * SECOND);
      assert.equal(plays(), 1);
      await pass(2 * SECOND);
      near("B");
      assert.match(dan.commands().at(-1) ?? "", /^play BCDE 0$/);
    });

    it("with a track that Spotify skips: tries the next track when it begins", async () => {
      await arrive();
      dan.player.unplayable.add("A");
      dan.plays("A");
      await pass(3 * SECOND);
      assert.deepEqual(outcome(), { kind: "notPlayable", trackUri: "A" });
      assert.equal(dan.hearing(), "silence");
      await pass(SONG - 2 * SECOND);
      near("B");
    });

    it("is silent in talk mode, and tries nothing", async () => {
      await failing("unavailable", 99);
      dan.talks();
      assert.deepEqual(outcome(), { kind: "silent", because: "talk" });
      await pass(MINUTE);
      const before = plays();
      await pass(10 * MINUTE);
      assert.equal(plays(), before);
    });

    it("is stopped when the listener pauses in Spotify", async () => {
      await arrive();
      dan.plays("A");
      await pass(10 * SECOND);
      dan.player.listenerPauses();
      await pass(5 * SECOND);
      assert.equal(outcome().kind, "stopped");
      dan.plays("B");
      await pass(MINUTE);
      assert.equal(dan.hearing(), "silence");
      dan.follower.resume();
      await pass(SECOND);
      near("B");
    });

    it("follows the show again when the listener presses play in Spotify", async () => {
      await arrive();
      dan.plays("A");
      await pass(10 * SECOND);
      dan.player.listenerPauses();
      await pass(30 * SECOND);
      dan.player.listenerPlays();
      await pass(2 * SECOND);
      near("A");
      assert.equal(outcome().kind, "playing");
    });

    for (const silence of ["pauses", "talks"] as const) {
      it(`follows the show again when the listener presses play in Spotify after the host ${silence}`, async () => {
        await arrive({ tellsOfChanges: false });
        dan.plays("A");
        await pass(10 * SECOND);
        dan.player.listenerPauses();
        await pass(10 * SECOND);
        assert.equal(outcome().kind, "stopped");
        dan[silence]();
        await pass(MINUTE);
        dan.plays("B");
        await pass(MINUTE);
        assert.equal(outcome().kind, "stopped");
        dan.player.listenerPlays();
        await pass(7 * SECOND);
        near("B");
      });
    }

    it("reads the state no more often than usual while the listener has paused, and never in talk", async () => {
      await arrive({ tellsOfChanges: false });
      dan.plays("A");
      await pass(10 * SECOND);
      dan.player.listenerPauses();
      await pass(10 * SECOND);
      const before = dan.player.reports;
      await pass(MINUTE);
      dan.talks();
      await pass(MINUTE);
      assert.equal(dan.player.reports - before, 12);
    });

    it("is still stopped when Spotify forgets the paused device", async () => {
      await arrive({ tellsOfChanges: false });
      dan.plays("A");
      await pass(10 * SECOND);
      dan.player.listenerPauses();
      await pass(10 * SECOND);
      dan.player.isOff = true;
      await pass(2 * MINUTE);
      assert.equal(outcome().kind, "stopped");
      assert.equal(dan.commands().length, 1);
      dan.player.isOff = false;
      dan.player.listenerPlays();
      await pass(7 * SECOND);
      near("A");
    });

    it("is stopped when the listener plays something else", async () => {
      await arrive();
      dan.plays("A");
      await pass(10 * SECOND);
      dan.player.listenerPlays(["X"], 0);
      await pass(5 * SECOND);
      assert.equal(outcome().kind, "stopped");
      assert.equal(dan.hearing() !== "silence" && dan.player.heard()?.trackUri, "X");
      dan.talks();
      await pass(10 * SECOND);
      assert.equal(dan.player.heard()?.trackUri, "X");
    });

    it("pauses the show's music if the listener starts it in talk mode", async () => {
      await arrive();
      dan.plays("A");
      await pass(10 * SECOND);
      dan.talks();
      await pass(10 * SECOND);
      dan.player.listenerPlays();
      await pass(SECOND);
      assert.equal(dan.hearing(), "silence");
    });

    it("has no device once the device vanishes", async () => {
      await arrive();
      dan.plays("A");
      await pass(10 * SECOND);
      dan.player.isOff = true;
      await pass(6 * SECOND);
      assert.equal(outcome().kind, "noDevice");
    });

    it("does not change because a report failed", async () => {
      await arrive();
      dan.plays("A");
      await pass(3 * SECOND);
      dan.player.fails("report", spotifyError("unavailable"), 5);
      await pass(MINUTE);
      assert.equal(outcome().kind, "playing");
      assert.equal(plays(), 1);
    });
  });

  describe("a failed pause", () => {
    it("is repeated until the player is silent", async () => {
      await arrive();
      dan.plays("A");
      await pass(3 * SECOND);
      dan.player.fails("pause", spotifyError("unavailable"), 3);
      dan.talks();
      await pass(5 * SECOND);
      assert.equal(dan.hearing(), "silence");
      assert.equal(dan.commands().filter((command) => command === "pause").length, 4);
    });

    const pauses = () => dan.commands().filter((command) => command === "pause").length;
    const talkingOver = async (
      reason: SpotifyFailureReason,
      times = 1,
      details: ErrorDetails = {},
    ) => {
      await arrive();
      dan.plays("A", SECOND);
      await pass(3 * SECOND);
      dan.player.fails("pause", spotifyError(reason, details), times);
      dan.talks();
    };

    it("is repeated with growing pauses while Spotify rejects the listener's account", async () => {
      for (const reason of ["relinkRequired", "notAllowListed"] as const) {
        await talkingOver(reason, 10);
        await pass(65 * SECOND);
        assert.equal(pauses(), 8, reason);
        assert.notEqual(dan.hearing(), "silence");
        await pass(2 * MINUTE + 10 * SECOND);
        assert.equal(pauses(), 11);
        assert.equal(dan.hearing(), "silence");
        await pass(10 * MINUTE);
        assert.equal(pauses(), 11);
      }
    });

    it("is repeated at once when the listener acts", async () => {
      await talkingOver("relinkRequired", 9);
      await pass(70 * SECOND);
      dan.follower.resume();
      await pass(SECOND);
      assert.equal(dan.hearing(), "silence");
    });

    it("waits as long as Spotify asks, even if the listener tries again", async () => {
      await talkingOver("rateLimited", 1, { retryAfterSeconds: 20 });
      await pass(SECOND);
      dan.follower.resume();
      await pass(28 * SECOND);
      assert.notEqual(dan.hearing(), "silence");
      await pass(2 * SECOND);
      assert.equal(dan.hearing(), "silence");
    });

    it("does not delay the next pause once the player obeys again", async () => {
      await talkingOver("relinkRequired", 9);
      await pass(70 * SECOND);
      dan.plays("B");
      await pass(3 * SECOND);
      dan.player.fails("pause", spotifyError("unavailable"));
      dan.talks();
      await pass(2 * SECOND);
      assert.equal(dan.hearing(), "silence");
    });

    it("is not repeated if nothing can be heard", async () => {
      await arrive();
      dan.plays("A");
      await pass(3 * SECOND);
      dan.player.fails("pause", spotifyError("noDevice"));
      dan.player.isOff = true;
      dan.talks();
      await pass(MINUTE);
      assert.equal(dan.commands().filter((command) => command === "pause").length, 1);
    });

    it("is repeated if a slow play command arrives after it", async () => {
      await arrive({ latencyMs: (kind) => (kind === "play" ? 1_900 : 50) });
      dan.plays("A");
      await pass(SECOND);
      dan.talks();
      await pass(5 * SECOND);
      assert.equal(dan.hearing(), "silence");
    });
  });

  describe("after the phone slept", () => {
    beforeEach(async () => {
      await arrive();
      dan.plays("A");
      await pass(10 * SECOND);
    });

    it("or its time of day was set: measures the clock again at once, and leaves the player alone", async () => {
      const { requestCount } = dan.server;
      dan.device.setWall(dan.time.now + 60 * MINUTE);
      await pass(6 * SECOND);
      assert.ok(dan.server.requestCount >= requestCount + 9);
      near("A");
      assert.deepEqual(dan.commands(), ["play ABCDE 500"]);
      assert.equal(outcome().kind, "playing");
    });

    it("leaves a player alone that continued by itself", async () => {
      await dan.device.sleeps(SONG + 20 * SECOND);
      await pass(5 * SECOND);
      near("B");
      assert.equal(dan.commands().length, 1);
      assert.equal(outcome().kind, "playing");
    });

    it("corrects a player that did not", async () => {
      dan.player.listenerPlays("XABCDE".split(""), 0);
      await dan.device.sleeps(SONG + 20 * SECOND);
      await pass(5 * SECOND);
      assert.equal(dan.hearing() !== "silence", true);
      assert.equal(dan.reasons.length > 1, true);
      near("B");
    });

    it("leaves it alone if the hosts' steps did not move the music", async () => {
      await dan.device.sleeps(MINUTE);
      dan.write({});
      const heard = dan.player.heard();
      dan.write({
        trackUri: "A",
        trackIndex: 0,
        positionMs: Math.round(heard?.positionMs ?? 0),
        paused: false,
      });
      dan.hears();
      await pass(5 * SECOND);
      near("A");
      assert.equal(dan.commands().length, 1);
    });

    it("follows the hosts' steps from that time", async () => {
      await dan.device.sleeps(MINUTE);
      dan.plays("D", 10_000);
      await pass(2 * SECOND);
      near("D");
    });

    it("is silent at once if the stage is now in talk mode", async () => {
      await dan.device.sleeps(MINUTE);
      dan.talks();
      await pass(200);
      assert.equal(dan.hearing(), "silence");
    });
  });

  it("continues after a command that was never answered", async () => {
    await arrive();
    let isStuck = true;
    const play = dan.player.play.bind(dan.player);
    dan.player.play = (list) => (isStuck ? new Promise(() => undefined) : play(list));
    dan.plays("A");
    await pass(11 * SECOND);
    assert.equal(outcome().kind, "unavailable");
    isStuck = false;
    await pass(5 * SECOND);
    near("A");
  });
});
