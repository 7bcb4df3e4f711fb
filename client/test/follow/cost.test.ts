import assert from "node:assert/strict";
import { Listener, songs } from "../support/listener.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** docs/ARCHITECTURE.md has these numbers. */
describe("an hour of following a show, over the Web API, costs", () => {
  let dan: Listener;
  beforeEach(async () => {
    dan = new Listener({ reportEveryMs: MINUTE, settlingMs: 2_500, tellsOfChanges: false });
    dan.tracks = songs("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    await dan.joins();
  });

  const counted = () => ({
    serverTime: dan.server.asked,
    playerReads: dan.player.reports,
    commands: dan.player.commands.length,
    // The simulated server answers with a timer.
    timers: dan.device.timersFired - dan.server.asked,
  });
  const anHour = async () => {
    const before = counted();
    await dan.time.passes(HOUR);
    const after = counted();
    return {
      serverTime: after.serverTime - before.serverTime,
      playerReads: after.playerReads - before.playerReads,
      commands: after.commands - before.commands,
      timers: after.timers - before.timers,
    };
  };
  const nothing = { serverTime: 0, playerReads: 0, commands: 0, timers: 0 };

  it("nothing in talk", async () => {
    assert.deepEqual(await anHour(), nothing);
    dan.plays("A");
    await dan.time.passes(MINUTE);
    dan.talks();
    await dan.time.passes(MINUTE);
    assert.deepEqual(await anHour(), nothing);
  });

  it("nothing in talk if the listener had paused the music", async () => {
    dan.plays("A");
    await dan.time.passes(MINUTE);
    dan.player.listenerPauses();
    await dan.time.passes(3 * MINUTE);
    assert.equal(dan.follower.outcome().kind, "stopped");
    dan.talks();
    await dan.time.passes(MINUTE);
    assert.deepEqual(await anHour(), nothing);
  });

  it("three requests and one read a minute of music", async () => {
    dan.plays("A");
    await dan.time.passes(MINUTE);
    assert.deepEqual(await anHour(), {
      serverTime: 177,
      playerReads: 60,
      commands: 0,
      timers: 879,
    });
    assert.equal(dan.follower.outcome().kind, "playing");
  });
});
