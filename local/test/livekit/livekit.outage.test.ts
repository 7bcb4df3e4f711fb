import assert from "node:assert/strict";
import { joinShow } from "../../../functions/src/contract/audience.js";
import { endShow, startShow } from "../../../functions/src/contract/shows.js";
import { refusal } from "../../../test/support/refusal.js";
import { runningSuite } from "../../../test/support/suite.js";
import { connectAudio } from "../../audioClient/audioClient.js";
import { phoneOf, type Phone } from "../../clientApp/ambient.js";
import type { App } from "../../clientApp/app.js";
import { type LivekitControl, livekitControl } from "../../livekit/proxy/client.js";

/** The stage's tests rely on the proxy, which must not change anything by itself. */
describe("LiveKit behind the proxy", () => {
  let phone: Phone;
  let ada: App;
  let proxyUrl: string;
  let control: LivekitControl;

  before(async () => {
    const endpoints = await runningSuite();
    assert(endpoints.livekitControl !== undefined);
    proxyUrl = `http://${endpoints.livekitControl}`;
    control = livekitControl(proxyUrl);
    phone = await phoneOf(endpoints, "creator-ada");
    ada = phone.app;
  });
  beforeEach(() => control.clearRequests());
  afterEach(async () => {
    await control.faults.clear();
    await control.release();
    await control.bringBack();
  });
  after(() => phone.close());

  /** Resolves with the show's log entry for the event once it is answered. */
  const answered = (showId: string, happened: string) =>
    control.until((log) =>
      log.find(
        ({ event, room, status }) => room === showId && event === happened && status !== null,
      ),
    );
  const goLive = async () => {
    const showId = await phone.ambient.shows.create({ title: "Behind the scenes" });
    const { audio } = await ada.call(startShow, { showId });
    return { showId, audio };
  };

  it("passes on the functions' calls and LiveKit's signed webhooks", async () => {
    const { showId, audio } = await goLive();
    const client = await connectAudio(audio);
    assert.equal((await answered(showId, "participant_joined")).status, 200);
    await client.disconnect();
    assert.equal((await answered(showId, "participant_left")).status, 200);
    await ada.call(endShow, { showId });
    const calls = (await control.requests()).filter(({ path }) => path.startsWith("/twirp/"));
    for (const method of ["CreateRoom", "DeleteRoom"]) {
      const path = `/twirp/livekit.RoomService/${method}`;
      assert(calls.some((entry) => entry.path === path && entry.status === 200 && entry.room));
    }
  });

  it("delivers held webhooks with a valid signature, and the functions refuse a forged one", async () => {
    const { showId, audio } = await goLive();
    const match = `participant_joined room=${showId}`;
    await control.faults.set({ match, times: 1, hold: true, duplicate: 1 });
    const client = await connectAudio(audio);
    await control.until((log) => log.find(({ event }) => event === "participant_joined"));
    assert.equal(await control.release(), 1);
    const deliveries = (await control.requests()).filter(
      ({ event }) => event === "participant_joined",
    );
    assert.deepEqual(
      deliveries.map(({ status }) => status),
      [200, 200],
    );
    const forged = await fetch(`${proxyUrl}/webhook`, {
      method: "POST",
      headers: { "authorization": "eyJhbGciOiJub25lIn0.e30.", "content-type": "application/json" },
      body: JSON.stringify({ event: "room_finished", room: { name: showId } }),
    });
    assert.equal(forged.status, 401);
    await client.disconnect();
    await ada.call(endShow, { showId });
  });

  it("admits nobody to a room that no function opened", async () => {
    const { showId, audio } = await goLive();
    await ada.call(endShow, { showId });
    await assert.rejects(connectAudio(audio));
    assert(!(await control.requests()).some(({ event }) => event === "participant_joined"));
  });

  it("stops and restarts at the same address", async () => {
    const { showId, audio } = await goLive();
    await control.takeDown();
    const next = await phone.ambient.shows.create({ title: "No sound" });
    await assert.rejects(ada.call(joinShow, { showId: next }), refusal("SHOW_NOT_LIVE"));
    await ada.call(endShow, { showId });
    await assert.rejects(ada.call(startShow, { showId: next }), refusal("AUDIO_UNAVAILABLE"));
    await assert.rejects(connectAudio(audio));
    await control.bringBack();
    const again = await ada.call(startShow, { showId: next });
    const client = await connectAudio(again.audio);
    assert.equal(client.identity, ada.uid);
    await client.disconnect();
    await ada.call(endShow, { showId: next });
  });
});
