import assert from "node:assert/strict";
import { sessionOf, type Show } from "../../../client/src/show/show.js";
import type { Audio } from "../../../functions/src/contract/audio.js";
import { runningSuite } from "../../../test/support/suite.js";
import { connectAudio, type AudioClient } from "../../audioClient/audioClient.js";
import { phoneOf, type Phone } from "../../clientApp/ambient.js";

/** The other audio tests rely on this client: it must hear what is there and nothing else. */
describe("an audio client", () => {
  let cleo: Phone, dan: Phone, eve: Phone;
  let cleos: AudioClient, dans: AudioClient, eves: AudioClient;
  let eveAudio: Audio;
  let show: Show;

  before(async () => {
    const endpoints = await runningSuite();
    [cleo, dan, eve] = await Promise.all([
      phoneOf(endpoints, "creator-cleo"),
      phoneOf(endpoints, "listener-dan"),
      phoneOf(endpoints, "listener-eve"),
    ]);
    // The package sends heartbeats, so that nobody is marked absent when their connection breaks.
    show = await cleo.ambient.start(await cleo.ambient.shows.create({ title: "Sound check" }));
    cleos = await connectAudio(sessionOf(show).audio);
    dans = await connectAudio(sessionOf(await dan.ambient.join(show.id)).audio);
    eveAudio = sessionOf(await eve.ambient.join(show.id)).audio;
    eves = await connectAudio(eveAudio);
  });
  after(async () => {
    await Promise.all([cleos, dans, eves].map((client) => client.disconnect()));
    await Promise.all([cleo, dan, eve].map((phone) => phone.close()));
  });

  it("connects with the identity and role of the token", () => {
    assert.equal(cleos.identity, cleo.uid);
    assert.deepEqual(JSON.parse(dans.metadata() ?? ""), { role: "listener" });
    assert.deepEqual(JSON.parse(dans.metadata(cleo.uid) ?? ""), { role: "creator" });
    assert.equal(cleos.permissions.at(-1)?.canPublish, true);
    assert.equal(dans.permissions.at(-1)?.canPublish, false);
  });

  it("hears the published tone, and no other", async () => {
    const since = performance.now();
    assert.equal(await cleos.speak(440), "speaking");
    await Promise.all(
      [dans, eves].map((client) => client.hears(cleo.uid, { since, frequencyHz: 440 })),
    );
    await assert.rejects(dans.hears(cleo.uid, { frequencyHz: 880, patienceMs: 300 }));
    await cleos.speak(880);
    await dans.hears(cleo.uid, { frequencyHz: 880 });
  });

  it("measures how long it heard someone, and when they stopped", async () => {
    const since = performance.now();
    await dans.until(() => dans.heardMs(cleo.uid, { from: since }) >= 300 || undefined);
    const hushed = performance.now();
    await cleos.hush();
    const lastAt = await dans.silentSince(cleo.uid);
    assert.ok(lastAt !== undefined && lastAt < hushed + 1_000, `${String(lastAt)} ${hushed}`);
    assert.equal(dans.intervals(cleo.uid).at(-1)?.to, lastAt);
    assert.equal(dans.heardMs(cleo.uid, { from: lastAt + 1 }), 0);
  });

  it("is refused forbidden actions, and still hears", async () => {
    const outcomes = await Promise.all([
      dans.speak(),
      dans.trespass.sendSound("screenAudio"),
      dans.trespass.sendPictures("microphone"),
      dans.trespass.claimMetadata('{"role":"creator"}'),
      dans.trespass.claimName("Cleo"),
      dans.trespass.claimAttributes({ role: "creator" }),
    ]);
    assert.deepEqual(
      outcomes,
      outcomes.map(() => "refused"),
    );
    await dans.trespass.sendData("let me in");
    const since = performance.now();
    assert.equal(await cleos.speak(), "speaking");
    await Promise.all([dans, eves].map((client) => client.hears(cleo.uid, { since })));
    assert.deepEqual(
      eves.received.filter(({ from }) => from === dan.uid),
      [],
    );
    assert.equal(eves.heardMs(dan.uid), 0);
  });

  it("detects its own mute, and can unmute", async () => {
    cleos.mute(true);
    await cleos.until(() => cleos.muted || undefined);
    await dans.silentSince(cleo.uid);
    const since = performance.now();
    cleos.mute(false);
    await dans.hears(cleo.uid, { since });
    assert.equal(cleos.muted, false);
  });

  it("reconnects after a cut with its sound", async () => {
    const since = performance.now();
    await cleos.cut();
    const back = performance.now();
    assert.equal(cleos.connected, true);
    await dans.hears(cleo.uid, { since: back });
    assert.ok(dans.heardMs(cleo.uid, { from: since }) > 0);
  });

  it("is disconnected by a second connection of the same person", async () => {
    const second = await connectAudio(eveAudio);
    assert.equal((await eves.disconnected).reason, "DUPLICATE_IDENTITY");
    assert.equal(eves.connected, false);
    await assert.rejects(eves.silentSince(cleo.uid), /not connected/);
    await second.hears(cleo.uid);
    await eves.disconnect();
    eves = second;
  });

  it("is disconnected when the room is closed", async () => {
    await show.end();
    for (const client of [cleos, dans, eves]) {
      assert.equal((await client.disconnected).reason, "ROOM_DELETED");
    }
    assert.equal(await cleos.speak(), "refused");
    await assert.rejects(connectAudio(eveAudio), /404|does not exist/);
  });
});
