import { AccessToken } from "livekit-server-sdk";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { functionUrl } from "../../../local/suite/endpoints.js";
import { runningSuite } from "../../../test/support/suite.js";
import { leaseRef, participantRef, showRef } from "../../src/collections.js";
import { firestore } from "../support/backstage.js";
import { eventually } from "../support/eventually.js";
import { livekitBackdoor, type LivekitBackdoor } from "../support/livekitBackdoor.js";
import { PRESENCE_GRACE_MS, sweeping } from "../support/sweeping.js";
import { openSoundstage, type Attendee, type Soundstage } from "../support/soundstage.js";

describe("audioWebhook", () => {
  let stage: Soundstage;
  let backdoor: LivekitBackdoor;
  let url: string;
  let dan: Attendee;
  let gus: Attendee;
  beforeEach(async () => {
    [stage, backdoor] = await Promise.all([openSoundstage(), livekitBackdoor()]);
    url = functionUrl(await runningSuite(), "audioWebhook");
    [dan, gus] = await Promise.all([stage.listener("Dan"), stage.listener("Gus")]);
    for (const person of [stage.ada, dan, gus]) {
      await eventually(`that ${person.uid} counts as connected`, async () =>
        (await isConnected(person)) ? true : undefined,
      );
    }
    // They disconnect, but LiveKit's own webhook does not arrive.
    await stage.livekit.faults.set({ match: "POST /webhook", times: 10_000, status: 200 });
    for (const { audio, uid } of [dan, gus]) {
      await audio.disconnect();
      await eventually(`that ${uid} is gone from the room`, async () =>
        (await backdoor.rooms.find(stage.showId, uid)) ? undefined : true,
      );
    }
  });
  afterEach(() => stage.close());

  const left = ({ uid }: Attendee) =>
    JSON.stringify({
      event: "participant_left",
      id: "EV_1",
      createdAt: `${Math.floor(Date.now() / 1_000)}`,
      room: { sid: "RM_1", name: stage.showId },
      participant: { sid: "PA_1", identity: uid, joinedAtMs: `${Date.now()}` },
    });
  const finished = () => JSON.stringify({ event: "room_finished", room: { name: stage.showId } });

  interface Signing {
    readonly apiKey?: string;
    readonly apiSecret?: string;
    readonly over?: string;
    readonly ttlSeconds?: number;
  }
  /** Signs as LiveKit does, except for the given changes. */
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
  const stateOf = async ({ uid }: Attendee) =>
    (await participantRef(firestore, stage.showId, uid).get()).data()?.state;
  const isConnected = async ({ uid }: Attendee) =>
    (await leaseRef(firestore, stage.showId, uid).get()).data()?.aliveUntil === null;
  /**
   * Sends a correctly signed event that Dan left. It has been processed once the answer arrives.
   */
  async function danLeaves(): Promise<void> {
    const body = left(dan);
    assert.equal(await post(body, await signatureOf(body)), 200);
    assert.equal(await isConnected(dan), false);
  }

  it("processes an event that LiveKit signed", async () => {
    await danLeaves();
    assert.equal(await isConnected(gus), true, "no event reported that Gus left");
    assert.equal(await stateOf(dan), "present", "Dan may still come back during the grace period");
  });

  it("answers 401 to everything else and ignores it", async () => {
    const body = left(gus);
    const forged = {
      "no signature": undefined,
      "an empty signature": "",
      "no token": "Bearer nonsense",
      "a signature with another secret": await signatureOf(body, {
        apiSecret: "0123456789".repeat(4),
      }),
      "a signature with another key": await signatureOf(body, { apiKey: "hostile" }),
      "a signature of another body": await signatureOf(body, { over: left(dan) }),
      "a signature of this body plus a space": await signatureOf(body, { over: `${body} ` }),
      "an expired signature": await signatureOf(body, { ttlSeconds: -3_600 }),
      "a token for joining a room": dan.access.provider === "livekit" ? dan.access.token : "",
    };
    for (const [what, authorization] of Object.entries(forged)) {
      assert.equal(await post(body, authorization), 401, what);
    }
    const changed = await post(body, await signatureOf(left(dan)));
    assert.equal(changed, 401, "a changed body");
    assert.equal(await post(finished()), 401, "another event");
    await danLeaves();
    assert.equal(await isConnected(gus), true);
    assert.equal(stage.ada.audio.connected, true);
  });

  it("does not trust LiveKit's events about who is present, but asks LiveKit", async () => {
    const body = left(stage.ada);
    assert.equal(await post(body, await signatureOf(body)), 200);
    await danLeaves();
    await sweeping(stage.showId, backdoor).reconcile(PRESENCE_GRACE_MS + 1);
    assert.equal(await stateOf(dan), "lost");
    assert.equal(await stateOf(stage.ada), "present");
    const show = (await showRef(firestore, stage.showId).get()).data();
    assert.deepEqual([show?.status, show?.hostUid], ["live", stage.ada.uid]);
  });

  it("ignores unknown rooms and unknown events", async () => {
    const others = [
      left(gus).replace(stage.showId, "no-such-show"),
      left(gus).replace(stage.showId, "../../etc"),
      left(gus).replace("participant_left", "egress_started"),
      left(gus).replace(gus.uid, "nobody"),
      "{}",
    ];
    for (const body of others) assert.equal(await post(body, await signatureOf(body)), 200, body);
    await danLeaves();
    assert.equal(await isConnected(gus), true);
    assert.equal(stage.ada.audio.connected, true);
  });

  it("takes an event while LiveKit does not answer, and the sweep follows it", async () => {
    const { audio, uid } = stage.ada;
    const metadata = JSON.stringify({ role: "creator" });
    const permission = { canSubscribe: true, canPublish: false };
    await backdoor.service.updateParticipant(stage.showId, uid, { metadata, permission });
    await audio.untilCanPublish(false);
    const body = JSON.stringify({
      event: "participant_joined",
      room: { name: stage.showId },
      participant: { identity: uid, permission },
    });
    const signature = await signatureOf(body);
    await stage.livekit.faults.set({ match: "/twirp/", times: 1_000, status: 500 });
    assert.equal(await post(body, signature), 200);
    assert.equal(audio.permissions.at(-1)?.canPublish, false);
    await stage.livekit.faults.clear();
    await audio.untilCanPublish(true);
  });

  it("recreates the room of a live show when LiveKit closed it", async () => {
    await stage.livekit.faults.clear();
    await backdoor.service.deleteRoom(stage.showId);
    assert.equal((await stage.ada.audio.disconnected).reason, "ROOM_DELETED");
    await eventually(
      "the recreated room",
      async () => (await backdoor.rooms.look(stage.showId)) ?? undefined,
    );
    const eve = await stage.listener("Eve");
    assert.equal(eve.audio.connected, true);
  });
});
