import assert from "node:assert/strict";
import { InterruptedPhone } from "../support/interruptedPhone.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** docs/client/phones.md has these numbers. */
describe("an hour of a listener's phone in a show costs", () => {
  let eve: InterruptedPhone;
  beforeEach(async () => {
    eve = new InterruptedPhone();
    await eve.joins();
  });

  const counted = () => ({
    calls: eve.firebase.calls.length,
    heartbeats: eve.firebase.writes.length,
    serverTime: eve.server.requestCount,
    playerReads: eve.player.reports,
    commands: eve.player.commands.length,
    // The simulated server answers with a timer.
    timers: eve.device.timersFired - eve.server.requestCount,
    emissions: eve.emissions,
  });
  const anHour = async () => {
    const before = counted();
    await eve.time.passes(HOUR);
    const after = counted();
    return {
      calls: after.calls - before.calls,
      heartbeats: after.heartbeats - before.heartbeats,
      serverTime: after.serverTime - before.serverTime,
      playerReads: after.playerReads - before.playerReads,
      commands: after.commands - before.commands,
      timers: after.timers - before.timers,
      emissions: after.emissions - before.emissions,
    };
  };
  const nothing = {
    ...{ calls: 0, heartbeats: 0, serverTime: 0, playerReads: 0 },
    ...{ commands: 0, timers: 0, emissions: 0 },
  };

  it("a listener on nine documents and lists of the show, and on three of the app", async () => {
    const targets = () => [...new Set(eve.firebase.listeners)].sort();
    const ofApp = ["config/client", "users/eve", "users/eve/inbox"];
    assert.deepEqual(targets(), [
      "config/client",
      "shows/one",
      "shows/one/comments",
      "shows/one/feed/latest",
      "shows/one/participants",
      "shows/one/participants/eve",
      "shows/one/playback/now",
      "shows/one/playlist/current",
      "shows/one/speakRequests/eve",
      "users/eve",
      "users/eve/inbox",
      "users/eve/private/hidden",
    ]);
    const shared = targets().filter((path) => path.startsWith("shows/"));
    for (const path of shared) {
      const { length } = eve.firebase.listeners.filter((each) => each === path);
      assert.equal(length, 1, path);
    }
    await eve.show.leave();
    assert.deepEqual(targets(), ofApp);
  });

  it("nothing in talk", async () => {
    assert.deepEqual(await anHour(), nothing);
  });

  it("nothing in talk after music, even if the listener had paused Spotify", async () => {
    eve.hostPlays();
    await eve.time.passes(MINUTE);
    eve.player.listenerPauses();
    await eve.time.passes(3 * MINUTE);
    assert.equal(eve.music.current.outcome.kind, "stopped");
    eve.hostTalks();
    await eve.time.passes(MINUTE);
    assert.deepEqual(await anHour(), nothing);
  });

  it("a heartbeat a minute without voices, for which LiveKit speaks otherwise", async () => {
    eve.audio.close();
    assert.deepEqual(await anHour(), { ...nothing, heartbeats: 60, timers: 60 });
  });

  it("three requests and one read of the player a minute in music", async () => {
    eve.hostPlays();
    await eve.time.passes(MINUTE);
    assert.deepEqual(await anHour(), {
      ...nothing,
      ...{ serverTime: 177, playerReads: 60, timers: 879 },
    });
    assert.equal(eve.music.current.outcome.kind, "playing");
  });
});
