import assert from "node:assert/strict";
import { InterruptedPhone } from "../support/interruptedPhone.js";

const SECOND = 1_000;
const MINUTE = 60_000;

/** docs/client/phones.md describes it. */
describe("a phone in a show", () => {
  let eve: InterruptedPhone;
  afterEach(() => {
    assert.deepEqual(eve.errors, []);
  });
  const heartbeats = () => eve.firebase.documents.get("shows/one/activity/eve") !== undefined;
  const joined = async (role?: string, random?: number) => {
    eve = new InterruptedPhone(random);
    await eve.joins(role);
    assert.deepEqual([eve.presences, eve.sounds.at(-1)], [["present"], "connected"]);
  };

  for (const [length, ms] of [
    ["five seconds", 5 * SECOND],
    ["a minute", MINUTE],
  ] as const) {
    it(`stays in the show and in its role if the network is gone for ${length}`, async () => {
      await joined("speaker");
      eve.losesNetwork();
      eve.room.events.reconnecting(true);
      assert.equal(eve.show.connection.current, "offline");
      assert.equal(eve.audio.connection.current, "reconnecting");
      eve.hears("meanwhile");
      await eve.time.passes(ms);
      assert.deepEqual(eve.comments, []);
      eve.regainsNetwork();
      eve.room.events.reconnecting(false);
      await eve.time.passes(SECOND);
      assert.deepEqual(eve.connections.at(-1), "online");
      assert.deepEqual([eve.comments, eve.sounds.at(-1)], [["meanwhile"], "connected"]);
      assert.deepEqual([eve.presences, eve.called("joinShow")], [["present"], 1]);
      assert.equal(eve.show.me.current.role, "speaker");
    });
  }

  it("comes back into the show, its role and the voices after ten minutes without a network", async () => {
    await joined("speaker");
    await eve.audio.unmute();
    eve.losesNetwork();
    eve.room.events.reconnecting(true);
    await eve.time.passes(15 * SECOND);
    eve.room.events.disconnected("lost");
    await eve.time.passes(2 * MINUTE);
    eve.isLost();
    eve.hears("meanwhile");
    await eve.time.passes(8 * MINUTE);
    assert.deepEqual(eve.presences, ["present"], "it cannot know yet");
    assert.equal(eve.audio.connection.current, "reconnecting");
    eve.regainsNetwork();
    await eve.time.passes(SECOND);
    assert.deepEqual(eve.presences, ["present", "away", "present"]);
    assert.deepEqual([eve.show.me.current.role, eve.comments], ["speaker", ["meanwhile"]]);
    assert.deepEqual(
      [eve.audio.connection.current, eve.audio.microphone.current],
      ["connected", "on"],
    );
    assert.ok(!eve.sounds.includes("closed"));
  });

  it("keeps its place in the show when it changes from Wi-Fi to mobile data", async () => {
    await joined();
    eve.losesNetwork();
    eve.room.events.reconnecting(true);
    eve.regainsNetwork();
    await eve.time.passes(2 * SECOND);
    eve.room.events.reconnecting(false);
    assert.deepEqual(eve.connections, ["online", "offline", "online"]);
    assert.deepEqual(eve.sounds.slice(-2), ["reconnecting", "connected"]);
    assert.deepEqual([eve.presences, eve.firebase.calls], [["present"], ["joinShow"]]);
  });

  it("hears the voices in the background, and LiveKit alone reports its presence", async () => {
    await joined();
    await eve.time.passes(20 * MINUTE);
    assert.equal(eve.room.isPlaying, true);
    assert.equal(heartbeats(), false);
    eve.app.returns();
    await eve.time.passes(SECOND);
    assert.deepEqual([heartbeats(), eve.server.requestCount, eve.rooms.length], [false, 9, 1]);
  });

  it("is right within a second after the phone slept while music kept playing", async () => {
    await joined();
    eve.hostPlays();
    await eve.time.passes(10 * SECOND);
    const { reports } = eve.player;
    await eve.sleeps(2 * MINUTE, () => {
      eve.hears("meanwhile");
    });
    await eve.time.passes(SECOND);
    assert.deepEqual([eve.comments, eve.presences], [["meanwhile"], ["present"]]);
    assert.equal(eve.music.current.outcome.kind, "playing");
    assert.ok(eve.player.reports > reports, "the player was read");
    assert.ok(Math.abs(eve.aheadMs ?? NaN) < 30, `${eve.aheadMs ?? "silent"}`);
    assert.equal(eve.player.commands.length, 1);
  });

  it("knows the show's time within a second after a sleep so short that no timer is late", async () => {
    await joined();
    eve.hostPlays();
    await eve.time.passes(11 * SECOND);
    await eve.sleeps(2 * SECOND);
    await eve.time.passes(SECOND);
    assert.ok(Math.abs(eve.aheadMs ?? NaN) < 30, `${eve.aheadMs ?? "unknown"}`);
  });

  it("pauses Spotify as soon as it wakes if talk began while it slept", async () => {
    await joined();
    eve.hostPlays();
    await eve.time.passes(10 * SECOND);
    await eve.sleeps(MINUTE, () => {
      eve.hostTalks();
    });
    await eve.time.passes(SECOND);
    assert.deepEqual([eve.player.heard(), eve.room.isPlaying], [undefined, true]);
  });

  it("rejoins at once when it is opened after the server gave up its place", async () => {
    await joined("listener", 0.99);
    eve.hostPlays();
    await eve.time.passes(10 * SECOND);
    await eve.sleeps(10 * MINUTE, () => {
      eve.isLost();
      eve.hears("meanwhile");
    });
    await eve.time.passes(SECOND);
    assert.deepEqual(eve.presences, ["present", "away", "present"]);
    assert.deepEqual([eve.comments, eve.audio.connection.current], [["meanwhile"], "connected"]);
    assert.ok(Math.abs(eve.aheadMs ?? NaN) < 30);
  });

  it("sends a sign of life when it wakes, because the next one may be late", async () => {
    await joined();
    eve.audio.close();
    await eve.sleeps(40 * SECOND);
    await eve.time.passes(0);
    assert.equal(heartbeats(), true);
  });

  it("treats Spotify's pause for a call or unplugged headphones as the listener's, until it plays again", async () => {
    await joined();
    eve.hostPlays();
    await eve.time.passes(10 * SECOND);
    eve.player.listenerPauses();
    eve.app.returns();
    await eve.time.passes(3 * SECOND);
    assert.equal(eve.music.current.outcome.kind, "stopped");
    assert.equal(eve.player.commands.length, 1, "music must not start in a call");
    await eve.time.passes(20 * SECOND);
    eve.player.listenerPlays();
    eve.app.returns();
    await eve.time.passes(SECOND);
    assert.equal(eve.music.current.outcome.kind, "playing");
    assert.ok(Math.abs(eve.aheadMs ?? NaN) < 30);
    eve.player.listenerPauses();
    eve.app.returns();
    await eve.time.passes(5 * SECOND);
    eve.music.resume();
    await eve.time.passes(SECOND);
    assert.ok(Math.abs(eve.aheadMs ?? NaN) < 30);
  });

  it("silences the music once it can no longer learn that talk has begun", async () => {
    await joined();
    eve.hostPlays();
    await eve.time.passes(MINUTE);
    assert.equal(eve.music.current.outcome.kind, "playing");
    eve.firebase.deny("shows/one/playback/now");
    await eve.time.passes(SECOND);
    assert.deepEqual([eve.player.heard(), eve.presences], [undefined, ["present"]]);
    assert.deepEqual(eve.music.current, { moment: undefined, outcome: { kind: "unavailable" } });
    assert.deepEqual(eve.errors.splice(0), ["PERMISSION_DENIED"], "of the view of the playback");
  });

  it("leaves the music to another device, and takes it over again in step", async () => {
    await joined();
    eve.hostPlays();
    await eve.time.passes(10 * SECOND);
    const { commands } = eve.player;
    const before = commands.length;
    eve.room.events.disconnected("elsewhere");
    await eve.time.passes(MINUTE);
    eve.app.returns();
    await eve.time.passes(MINUTE);
    assert.equal(commands.length, before, "a pause from here would stop the other device");
    eve.player.listenerPauses();
    eve.audio.takeOver();
    await eve.time.passes(SECOND);
    assert.equal(eve.audio.connection.current, "connected");
    assert.ok(Math.abs(eve.aheadMs ?? NaN) < 30, `${eve.aheadMs ?? "silent"}`);
  });

  it("stays in step while somebody sets its time of day", async () => {
    await joined();
    eve.hostPlays();
    await eve.time.passes(10 * SECOND);
    eve.device.setWall(Date.UTC(2031, 0));
    await eve.time.passes(10 * SECOND);
    assert.ok(Math.abs(eve.aheadMs ?? NaN) < 30, `${eve.aheadMs ?? "silent"}`);
    assert.deepEqual([eve.player.commands.length, eve.presences], [1, ["present"]]);
  });

  it("leaves the microphone off after it was refused and then allowed, until the next unmute", async () => {
    await joined("speaker");
    eve.room.microphoneError = Object.assign(new Error("no"), { name: "NotAllowedError" });
    await eve.audio.unmute();
    assert.equal(eve.audio.microphone.current, "refused");
    eve.room.microphoneError = undefined;
    eve.app.returns();
    await eve.time.passes(SECOND);
    assert.deepEqual([eve.audio.microphone.current, eve.room.microphone], ["refused", false]);
    await eve.audio.unmute();
    assert.deepEqual([eve.audio.microphone.current, eve.room.microphone], ["on", true]);
  });

  it("listens to the app's state only while it is in the show", async () => {
    await joined();
    assert.equal(eve.app.listeners, 3, "the stay, the voices and the music");
    await eve.show.leave();
    await eve.time.passes(SECOND);
    assert.equal(eve.app.listeners, 0);
  });
});
