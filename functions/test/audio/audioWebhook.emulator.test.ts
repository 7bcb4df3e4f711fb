import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { onParticipantWritten } from "../../src/audience/onParticipantWritten.js";
import { audioWebhook } from "../../src/audio/audioWebhook.js";
import { livekitEvents, UnsignedEvent } from "../../src/audio/livekitEvents.js";
import { participantRef } from "../../src/collections.js";
import type { Dependencies } from "../../src/dependencies.js";
import type { RoomEvent } from "../../src/ports/audioRooms.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

const speaker = { role: "speaker", canPublish: true } as const;

/** What events do when LiveKit or something else fails: each has one healer. */
describe("an event while LiveKit does not answer", () => {
  let firestore: Firestore;
  let scene: LiveScene;
  let dan: Person;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
    dan = await scene.attendee("Dan");
    scene.deps.rooms.connect(scene.showId, dan.uid, speaker, 1);
    scene.deps.rooms.setDown(true);
  });

  const cannotEnqueue = () => {
    const refuse = { enqueue: () => Promise.reject(new Error("queue is full")) };
    return { ...scene.deps.tasks, sweepShow: refuse };
  };

  describe("from LiveKit", () => {
    const joined = (): RoomEvent => ({
      kind: "joined",
      showId: scene.showId,
      uid: dan.uid,
      connectedAt: scene.deps.clock.now(),
      ...speaker,
    });
    /** The status that the webhook answers. */
    const statusOf = async (
      roomEvents: Dependencies["roomEvents"],
      deps: Partial<Dependencies> = {},
      body: { readonly rawBody?: Buffer } = { rawBody: Buffer.from("{}") },
    ) => {
      const statuses: number[] = [];
      const status = (code: number) => {
        statuses.push(code);
        return { end: () => undefined };
      };
      const request = { ...body, header: () => undefined };
      await audioWebhook({ ...scene.deps, roomEvents, ...deps }, request, { status });
      return statuses;
    };
    const tells = (event: RoomEvent) => () => Promise.resolve(event);

    it("is answered with 200 once a sweep is enqueued, so that LiveKit does not repeat it", async () => {
      assert.deepEqual(await statusOf(tells(joined())), [200]);
      assert.deepEqual(scene.deps.requestedSweeps(), [scene.showId]);
      const finished: RoomEvent = { kind: "finished", showId: scene.showId };
      assert.deepEqual(await statusOf(tells(finished)), [200]);
      assert.equal(scene.deps.requestedSweeps().length, 2);
    });

    it("is answered with 503 if the sweep cannot be enqueued", async () => {
      assert.deepEqual(await statusOf(tells(joined()), { tasks: cannotEnqueue() }), [503]);
    });

    it("is answered with 503 after any other error, and asks for no sweep", async () => {
      await participantRef(firestore, scene.showId, dan.uid).update({ role: "mascot" });
      assert.deepEqual(await statusOf(tells(joined())), [503]);
      assert.deepEqual(scene.deps.requestedSweeps(), []);
    });

    it("is answered with 401 if LiveKit did not sign it, and asks for no sweep", async () => {
      const byKey = livekitEvents("key", "secret");
      assert.deepEqual(await statusOf(byKey), [401]);
      assert.deepEqual(await statusOf(byKey, {}, {}), [401]);
      assert.deepEqual(await statusOf(() => Promise.reject(new UnsignedEvent())), [401]);
      assert.deepEqual(scene.deps.requestedSweeps(), []);
    });

    it("is answered with 200 if it is followed, and asks for no sweep", async () => {
      scene.deps.rooms.setDown(false);
      assert.deepEqual(await statusOf(tells(joined())), [200]);
      assert.deepEqual(scene.deps.requestedSweeps(), []);
      assert.equal(scene.deps.rooms.rooms.get(scene.showId)?.get(dan.uid)?.canPublish, false);
    });
  });

  describe("of a speaker who leaves", () => {
    const leaves = async (deps: Partial<Dependencies> = {}) => {
      const ref = participantRef(firestore, scene.showId, dan.uid);
      await ref.update({ ...speaker, state: "present" });
      const before = await ref.get();
      await ref.update({ role: "listener", canPublish: false, state: "left" });
      const after = await ref.get();
      const params = { showId: scene.showId, uid: dan.uid };
      await onParticipantWritten({ ...scene.deps, ...deps }, { data: { before, after }, params });
    };

    it("asks for a sweep, and is not retried", async () => {
      await leaves();
      assert.deepEqual(scene.deps.requestedSweeps(), [scene.showId]);
    });

    it("is retried if the sweep cannot be enqueued", async () => {
      await assert.rejects(leaves({ tasks: cannotEnqueue() }), { message: "queue is full" });
    });
  });
});
