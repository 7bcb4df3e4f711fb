import assert from "node:assert/strict";
import { AccessToken } from "livekit-server-sdk";
import { leaseRef } from "../../src/collections.js";
import { joinShow } from "../../src/contract/audience.js";
import { connectAudio } from "../../../local/audioClient/audioClient.js";
import { endShow, startShow } from "../../src/contract/shows.js";
import { appOf, firestore, showIn, somebody } from "../support/backstage.js";
import { eventually } from "../support/eventually.js";
import { livekitBackdoor, type LivekitBackdoor } from "../support/livekitBackdoor.js";
import { PRESENCE_GRACE_MS, sweeping } from "../support/sweeping.js";
import { openSoundstage, type Soundstage } from "../support/soundstage.js";

describe("a show's audio room", () => {
  let stage: Soundstage;
  let backdoor: LivekitBackdoor;
  beforeEach(async () => {
    [stage, backdoor] = await Promise.all([openSoundstage(), livekitBackdoor()]);
  });
  afterEach(() => stage.close());

  it("exists once the show is live, and everyone in it hears the creator", async () => {
    const [dan, eve] = await Promise.all([stage.listener("Dan"), stage.listener("Eve")]);
    assert.equal(await stage.ada.audio.speak(440), "speaking");
    await Promise.all(
      [dan, eve].map(({ audio }) => audio.hears(stage.ada.uid, { frequencyHz: 440 })),
    );
  });

  it("is listed with the number of people in it", async () => {
    await Promise.all([stage.listener("Dan"), stage.listener("Eve")]);
    const count = async () =>
      (await backdoor.rooms.list()).find(({ showId }) => showId === stage.showId)?.participants;
    await eventually("that LiveKit lists three", async () =>
      (await count()) === 3 ? true : undefined,
    );
  });

  it("keeps LiveKit's own recorder, which has joined no show", async () => {
    const token = new AccessToken(backdoor.apiKey, backdoor.apiSecret, { identity: "EG_recorder" });
    token.kind = "egress";
    token.addGrant({ room: stage.showId, roomJoin: true, canSubscribe: true, canPublish: false });
    const recorder = await connectAudio({ url: backdoor.url, token: await token.toJwt() });
    const dan = await stage.listener("Dan");
    // LiveKit delivers the events of a room in order, so the recorder's was followed before Dan's.
    await eventually("that Dan counts as connected", async () => {
      const lease = await leaseRef(firestore, stage.showId, dan.uid).get();
      return lease.data()?.aliveUntil === null ? true : undefined;
    });
    await sweeping(stage.showId, backdoor).reconcile(PRESENCE_GRACE_MS);
    await stage.ada.audio.speak(440);
    await recorder.hears(stage.ada.uid, { frequencyHz: 440 });
    assert.equal(recorder.connected, true);
    await recorder.disconnect();
  });

  it("is opened only by the start: a token for a show that is not live opens nothing", async () => {
    const ben = await somebody("Ben");
    const showId = await showIn("draft", ben);
    const grant = { room: showId, roomJoin: true, canPublish: true, canSubscribe: true };
    const token = await backdoor.mint(ben.uid, grant);
    await assert.rejects(connectAudio({ url: backdoor.url, token }));
    assert.equal(await backdoor.rooms.look(showId), null);

    const app = await appOf(ben);
    await app.call(startShow, { showId });
    const audio = await connectAudio({ url: backdoor.url, token });
    assert.equal(audio.identity, ben.uid);
    await audio.disconnect();
    await app.call(endShow, { showId });
    await app.close();
  });

  it("is created once, however often the start is called", async () => {
    const before = await backdoor.rooms.look(stage.showId);
    const again = await stage.ada.app.call(startShow, { showId: stage.showId });
    assert.equal(again.audio.canPublish, true);
    assert.equal((await backdoor.rooms.look(stage.showId))?.since, before?.since);
    assert.equal(stage.ada.audio.connected, true);
  });

  it("closes with the show: everyone is disconnected and no token opens it again", async () => {
    const dan = await stage.listener("Dan");
    const spare = await dan.app.call(joinShow, { showId: stage.showId });
    await stage.ada.app.call(endShow, { showId: stage.showId });
    for (const { audio } of [stage.ada, dan]) {
      assert.equal((await audio.disconnected).reason, "ROOM_DELETED");
    }
    await eventually("that the room is gone", async () =>
      (await backdoor.rooms.look(stage.showId)) ? undefined : true,
    );
    for (const access of [stage.ada.access, spare.audio]) {
      await assert.rejects(connectAudio(access));
    }
  });
});
