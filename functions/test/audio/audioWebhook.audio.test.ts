import { AccessToken } from "livekit-server-sdk";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { runningSuite } from "../../../test/support/suite.js";
import { participantDocument } from "../../src/audience/schema.js";
import { feedRef, participantRef, showRef } from "../../src/collections.js";
import { firestore } from "../support/backstage.js";
import { eventually } from "../support/eventually.js";
import { livekitBackdoor, type LivekitBackdoor } from "../support/livekitBackdoor.js";
import { openSoundstage, type Attendee, type Soundstage } from "../support/soundstage.js";

describe("audioWebhook", () => {
  let stage: Soundstage;
  let backdoor: LivekitBackdoor;
  let url: string;
  let dan: Attendee;
  beforeEach(async () => {
    [stage, backdoor] = await Promise.all([openSoundstage(), livekitBackdoor()]);
    const { functions, projectId, region } = await runningSuite();
    url = `http://${functions}/${projectId}/${region}/audioWebhook`;
    dan = await stage.listener("Dan");
    // He is gone, and LiveKit's own word of it does not arrive.
    await stage.livekit.faults.set({ match: "POST /webhook", times: 10_000, drop: true });
    await dan.audio.disconnect();
    await eventually("that Dan is gone from the room", async () =>
      (await backdoor.rooms.find(stage.showId, dan.uid)) ? undefined : true,
    );
  });
  afterEach(() => stage.close());

  const left = () =>
    JSON.stringify({
      event: "participant_left",
      id: "EV_1",
      createdAt: `${Math.floor(Date.now() / 1_000)}`,
      room: { sid: "RM_1", name: stage.showId },
      participant: { sid: "PA_1", identity: dan.uid, joinedAtMs: `${Date.now()}` },
    });
  const finished = () => JSON.stringify({ event: "room_finished", room: { name: stage.showId } });

  interface Signing {
    readonly apiKey?: string;
    readonly apiSecret?: string;
    readonly over?: string;
    readonly ttlSeconds?: number;
  }
  /** As LiveKit signs what it sends, unless told otherwise. */
  async function signatureOf(body: string, signing: Signing = {}): Promise<string> {
    const { apiKey, apiSecret } = { ...backdoor, ...signing };
    const token = new AccessToken(apiKey, apiSecret, { ttl: signing.ttlSeconds ?? 300 });
    token.sha256 = createHash("sha256")
      .update(signing.over ?? body)
      .digest("base64");
    return token.toJwt();
  }
  async function post(body: string, authorization?: string): Promise<number> {
    const { status } = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/webhook+json",
        ...(authorization !== undefined && { Authorization: authorization }),
      },
      body,
    });
    return status;
  }
  const documents = async () =>
    Promise.all(
      [
        showRef(firestore, stage.showId),
        participantRef(firestore, stage.showId, dan.uid),
        participantRef(firestore, stage.showId, stage.ada.uid),
      ].map(async (ref) => (await ref.get()).data()),
    );

  it("follows what LiveKit signed", async () => {
    const body = left();
    assert.equal(await post(body, await signatureOf(body)), 200);
    const place = stage.ada.watch(
      `shows/${stage.showId}/participants/${dan.uid}`,
      participantDocument,
    );
    await place.first((seen) => seen?.state === "left");
  });

  it("answers 401 to everything else, and nothing changes", async () => {
    const before = await documents();
    const body = left();
    const other = body.replace(dan.uid, stage.ada.uid);
    const forged = {
      "no signature": undefined,
      "an empty one": "",
      "no token": "Bearer nonsense",
      "another secret": await signatureOf(body, { apiSecret: "0123456789".repeat(4) }),
      "another key": await signatureOf(body, { apiKey: "hostile" }),
      "over another body": await signatureOf(body, { over: other }),
      "over this body and a space": await signatureOf(body, { over: `${body} ` }),
      "of an hour ago": await signatureOf(body, { ttlSeconds: -3_600 }),
      "one to join a room with": dan.access.provider === "livekit" ? dan.access.token : "",
    };
    for (const [what, authorization] of Object.entries(forged)) {
      assert.equal(await post(body, authorization), 401, what);
    }
    assert.equal(await post(other, await signatureOf(body)), 401, "a changed body");
    assert.equal(await post(finished()), 401, "another event");
    assert.deepEqual(await documents(), before);
    assert.equal(stage.ada.audio.connected, true);
    // The very same event, well signed, is followed.
    assert.equal(await post(body, await signatureOf(body)), 200);
    assert.notDeepEqual(await documents(), before);
  });

  it("does not take LiveKit's word for who is there: it asks", async () => {
    const before = await documents();
    const body = left().replace(dan.uid, stage.ada.uid);
    assert.equal(await post(body, await signatureOf(body)), 200);
    assert.deepEqual(await documents(), before, "Ada is connected");
  });

  it("has nothing to do with what is none of its shows, or no event of its", async () => {
    const before = await documents();
    for (const body of [
      left().replace(stage.showId, "no-such-show"),
      left().replace(stage.showId, "../../etc"),
      left().replace("participant_left", "egress_started"),
      left().replace(dan.uid, "nobody"),
      "{}",
    ]) {
      assert.equal(await post(body, await signatureOf(body)), 200, body);
    }
    assert.deepEqual(await documents(), before);
  });

  it("asks to be told again where LiveKit cannot be asked, and follows it then", async () => {
    const body = left();
    const signature = await signatureOf(body);
    await stage.livekit.faults.set({ match: "/twirp/", times: 1, status: 500 });
    assert.equal(await post(body, signature), 503);
    const ref = participantRef(firestore, stage.showId, dan.uid);
    assert.equal((await ref.get()).data()?.state, "present");
    assert.equal(await post(body, signature), 200);
    assert.equal((await ref.get()).data()?.state, "left");
    assert.ok((await feedRef(firestore, stage.showId).get()).exists);
  });

  it("has the room of a live show made again when it is finished", async () => {
    await stage.livekit.faults.clear();
    // With its people: as far as the room knows, the show is over.
    await backdoor.service.deleteRoom(stage.showId);
    assert.equal((await stage.ada.audio.disconnected).reason, "ROOM_DELETED");
    await eventually(
      "the room, made again",
      async () => (await backdoor.rooms.look(stage.showId)) ?? undefined,
    );
    const eve = await stage.listener("Eve");
    assert.equal(eve.audio.connected, true);
  });
});
