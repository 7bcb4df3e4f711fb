import { AccessToken, DataPacket_Kind } from "livekit-server-sdk";
import assert from "node:assert/strict";
import { z } from "zod";
import { connectAudio, type AudioClient } from "../../../local/audioClient/audioClient.js";
import type { Received } from "../../../local/audioClient/received.js";
import type { Source } from "../../../local/audioClient/trespass.js";
import { setRole } from "../../src/contract/stage.js";
import { eventually } from "../support/eventually.js";
import { livekitBackdoor, type LivekitBackdoor } from "../support/livekitBackdoor.js";
import { openSoundstage, type Attendee, type Soundstage } from "../support/soundstage.js";

const SOURCES: readonly Source[] = ["microphone", "camera", "screen", "screenAudio", "unknown"];

describe("a hostile client", () => {
  let stage: Soundstage;
  let backdoor: LivekitBackdoor;
  let ben: Attendee;
  let dan: Attendee;
  let eve: Attendee;
  const open = async () => {
    [stage, backdoor] = await Promise.all([openSoundstage(), livekitBackdoor()]);
    // First, so that the others do not see their promotion.
    ben = await stage.speaker("Ben");
    [dan, eve] = await Promise.all([stage.listener("Dan"), stage.listener("Eve")]);
    for (const { audio } of [stage.ada, ben, eve]) await getsData(audio);
  };

  /**
   * Resolves once the server's data arrives, because LiveKit drops data for a client whose channel
   * is not open yet.
   */
  async function getsData({ received }: AudioClient): Promise<void> {
    const since = performance.now();
    await eventually("data from the server", async () => {
      const ahem = Buffer.from("ahem");
      await backdoor.service.sendData(stage.showId, ahem, DataPacket_Kind.RELIABLE, {});
      return received.find(({ at, what, from }) => at > since && what === "data" && from === "");
    });
  }

  /**
   * Asserts that nothing from `trespasser` reached anyone. To prove that they can receive, it waits
   * for later sound and metadata from an allowed speaker and data from the server.
   */
  async function assertNothingReached(trespasser: Attendee): Promise<void> {
    const since = performance.now();
    const receivers = [stage.ada, ben, eve].filter(({ uid }) => uid !== trespasser.uid);
    const speaker = trespasser === ben ? stage.ada : ben;
    assert.equal(await speaker.audio.speak(880), "speaking");
    await backdoor.service.updateParticipant(stage.showId, speaker.uid, {
      metadata: JSON.stringify({ role: "speaker", at: since }),
    });
    for (const { uid, audio } of receivers) {
      const isHere = (what: Received["what"], from: string) =>
        audio.received.some((one) => one.at > since && one.what === what && one.from === from);
      if (uid !== speaker.uid) {
        await audio.hears(speaker.uid, { since, frequencyHz: 880 });
        await audio.until(() => isHere("metadata", speaker.uid) || undefined);
      }
      await getsData(audio);
      const reached = audio.received.filter(({ from }) => from === trespasser.uid);
      assert.deepEqual(reached, []);
      assert.equal(audio.heardMs(trespasser.uid), 0);
    }
  }

  /** Dan uses a modified app. Nobody ever receives anything that it sends, in any of these tests. */
  describe("of a listener", () => {
    before(open);
    after(() => stage.close());

    it("can send sound, pictures, data and claims in a room that allows everything (control)", async () => {
      const room = `open-${stage.showId}`;
      await backdoor.service.createRoom({ name: room });
      const everything = {
        room,
        roomJoin: true,
        canPublish: true,
        canPublishData: true,
        canSubscribe: true,
        canUpdateOwnMetadata: true,
      };
      const clients: AudioClient[] = [];
      for (const identity of ["hostile", "other"]) {
        const token = await backdoor.mint(identity, everything);
        clients.push(await connectAudio({ url: backdoor.url, token }));
      }
      const [hostile, other] = clients;
      assert(hostile && other);
      assert.deepEqual(
        [
          await hostile.trespass.sendSound("screenAudio"),
          await hostile.trespass.sendPictures("camera"),
          await hostile.trespass.claimMetadata('{"role":"creator"}'),
          await hostile.trespass.claimName("Ada"),
          await hostile.trespass.claimAttributes({ role: "creator" }),
        ],
        ["accepted", "accepted", "accepted", "accepted", "accepted"],
      );
      await hostile.trespass.sendData("psst");
      await other.hears("hostile");
      const whats = ["sound", "pictures", "data", "metadata", "name", "attributes"];
      await other.until(
        () => whats.every((what) => other.received.some((one) => one.what === what)) || undefined,
      );
      await Promise.all(clients.map((client) => client.disconnect()));
      await backdoor.service.deleteRoom(room);
    });

    it("sends no sound from any source", async () => {
      const outcomes = await Promise.all([
        dan.audio.speak(),
        ...SOURCES.map((source) => dan.audio.trespass.sendSound(source)),
      ]);
      assert.deepEqual(new Set(outcomes), new Set(["refused"]));
      await assertNothingReached(dan);
    });

    it("sends no pictures", async () => {
      const outcomes = await Promise.all(
        SOURCES.map((source) => dan.audio.trespass.sendPictures(source)),
      );
      assert.deepEqual(new Set(outcomes), new Set(["refused"]));
      await assertNothingReached(dan);
    });

    it("sends no data", async () => {
      await dan.audio.trespass.sendData("buy my records");
      await assertNothingReached(dan);
    });

    it("cannot change its role, name or attributes", async () => {
      const outcomes = await Promise.all([
        dan.audio.trespass.claimMetadata('{"role":"creator"}'),
        dan.audio.trespass.claimName("Ada"),
        dan.audio.trespass.claimAttributes({ role: "creator" }),
      ]);
      assert.deepEqual(outcomes, ["refused", "refused", "refused"]);
      await assertNothingReached(dan);
      assert.equal(eve.audio.metadata(dan.uid), JSON.stringify({ role: "listener" }));
    });

    it("gains nothing from a second connection with the same token", async () => {
      const first = dan.audio;
      const second = await dan.connect(dan.access);
      assert.equal((await first.disconnected).reason, "DUPLICATE_IDENTITY");
      const outcomes = await Promise.all([
        first.speak(),
        second.speak(),
        second.trespass.sendSound("screenAudio"),
      ]);
      assert.deepEqual(outcomes, ["refused", "refused", "refused"]);
      await second.trespass.sendData("me again");
      await assertNothingReached(dan);
    });

    it("gains nothing from an invitation that it has not accepted", async () => {
      const { ada, showId } = stage;
      await ada.app.call(setRole, { showId, uid: dan.uid, role: "speaker" });
      assert.equal(await dan.audio.speak(), "refused");
      await ada.app.call(setRole, { showId, uid: dan.uid, role: "listener" });
      assert.equal(await dan.audio.speak(), "refused");
      await assertNothingReached(dan);
    });

    it("cannot join under another name with a forged token", async () => {
      const { access, audio, uid } = ben;
      assert(access.provider === "livekit");
      const [header = "", payload = "", signature = ""] = access.token.split(".");
      const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
      const claims = z.looseObject({ video: z.looseObject({}) });
      const { video, ...others } = claims.parse(
        JSON.parse(Buffer.from(payload, "base64url").toString()),
      );
      const better = { ...others, sub: uid, video: { ...video, canPublishData: true } };
      const signedWith = async (apiKey: string, apiSecret: string) => {
        const token = new AccessToken(apiKey, apiSecret, { identity: uid });
        token.addGrant({ room: stage.showId, roomJoin: true, canPublish: true });
        return token.toJwt();
      };
      const forged = {
        "another secret": await signedWith(backdoor.apiKey, "0123456789".repeat(4)),
        "another key": await signedWith("hostile", backdoor.apiSecret),
        "an empty secret": [header, encoded(better), ""].join("."),
        "a changed payload": [header, encoded(better), signature].join("."),
        "no signature": [encoded({ alg: "none", typ: "JWT" }), encoded(better), ""].join("."),
        "no token": "",
      };
      for (const [how, token] of Object.entries(forged)) {
        await assert.rejects(connectAudio({ url: access.url, token }), Error, how);
      }
      assert.equal(audio.connected, true, "Ben stays connected");
      assert.deepEqual(
        (await backdoor.rooms.look(stage.showId))?.connected.map((one) => one.uid).sort(),
        [stage.ada, ben, dan, eve].map((one) => one.uid).sort(),
      );
      await assertNothingReached(dan);
    });
  });

  describe("of a speaker", () => {
    before(open);
    after(() => stage.close());

    it("gains only a microphone from a place on the stage", async () => {
      const { trespass } = ben.audio;
      const others = SOURCES.filter((source) => source !== "microphone");
      const outcomes = await Promise.all([
        ...others.map((source) => trespass.sendSound(source)),
        ...others.map((source) => trespass.sendPictures(source)),
        trespass.claimMetadata('{"role":"creator"}'),
        trespass.claimName("Ada"),
        trespass.claimAttributes({ role: "creator" }),
      ]);
      assert.deepEqual(new Set(outcomes), new Set(["refused"]));
      await ben.audio.trespass.sendData("buy my records");
      await assertNothingReached(ben);
      assert.equal(await ben.audio.speak(660), "speaking");
      await eve.audio.hears(ben.uid, { frequencyHz: 660 });
    });

    it("loses its permissions briefly when it publishes pictures as a microphone, which LiveKit accepts", async () => {
      await ben.audio.speak(660);
      await eve.audio.hears(ben.uid);
      const before = ben.audio.permissions.length;
      await ben.audio.trespass.sendPictures("microphone");
      const taken = await ben.audio.until(() =>
        ben.audio.permissions.slice(before).find(({ canPublish }) => !canPublish),
      );
      assert.equal(taken.canSubscribe, true);
      await ben.audio.untilCanPublish(true);
      const found = await backdoor.rooms.find(stage.showId, ben.uid);
      assert.deepEqual(found, { uid: ben.uid, role: "speaker", canPublish: true, tracks: [] });
      const since = performance.now();
      assert.equal(await ben.audio.speak(660), "speaking");
      await eve.audio.hears(ben.uid, { since });
    });
  });
});
