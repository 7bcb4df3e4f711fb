import assert from "node:assert/strict";
import type { App } from "../../../local/clientApp/app.js";
import { refusal } from "../../../test/support/refusal.js";
import { liftSuspension, suspendAccount } from "../../src/contract/suspensions.js";
import { joinShow } from "../../src/contract/audience.js";
import { appOf, somebody } from "../support/backstage.js";
import { openSoundstage, type Attendee, type Soundstage } from "../support/soundstage.js";

describe("suspendAccount with real sound", () => {
  let stage: Soundstage;
  let moderator: App;
  let ben: Attendee;
  let eve: Attendee;
  before(async () => {
    moderator = await appOf(await somebody("Mo"), { admin: true });
  });
  after(() => moderator.close());
  beforeEach(async () => {
    stage = await openSoundstage();
    [ben, eve] = await Promise.all([stage.speaker("Ben"), stage.listener("Eve")]);
    await Promise.all([stage.ada.audio.speak(440), ben.audio.speak(660)]);
    await Promise.all([eve.audio.hears(stage.ada.uid), eve.audio.hears(ben.uid)]);
  });
  afterEach(() => stage.close());

  const suspend = ({ uid }: Attendee) =>
    moderator.call(suspendAccount, { uid, until: null, reason: "Threats" });

  it("silences a speaker, whose earlier audio token does not let them stay either", async () => {
    const { ada, showId } = stage;
    await suspend(ben);
    assert.equal((await ben.audio.disconnected).reason, "PARTICIPANT_REMOVED");
    await eve.audio.silentSince(ben.uid);
    await assert.rejects(ben.app.call(joinShow, { showId }), refusal("ACCOUNT_SUSPENDED"));
    assert.equal(ben.access.provider, "livekit");
    const back = await ben.connect(ben.access);
    assert.equal((await back.disconnected).reason, "PARTICIPANT_REMOVED");
    await eve.audio.hears(ada.uid);
    assert.equal(eve.audio.heardMs(ben.uid, { from: back.connectedAt }), 0);
  });

  it("closes the room of the person's own show", async () => {
    const { ada } = stage;
    await suspend(ada);
    for (const person of [ada, ben, eve]) {
      assert.equal((await person.audio.disconnected).reason, "ROOM_DELETED");
    }
    await moderator.call(liftSuspension, { uid: ada.uid, reason: "For the next test" });
  });
});
