import assert from "node:assert/strict";
import {
  Timestamp,
  type DocumentData,
  type DocumentReference,
  type Firestore,
  type UpdateData,
} from "firebase-admin/firestore";
import { showRef, speakRequestRef, speakRequestsRef, stageRef } from "../../src/collections.js";
import { cleanUpShow } from "../../src/shows/cleanUpShow.js";
import { endShow } from "../../src/shows/endShow.js";
import { sweepShow } from "../../src/shows/sweepShow.js";
import { quietFirestore } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

const ASKERS = 500;

describe("cleaning up after a show", () => {
  let firestore: Firestore;
  let scene: LiveScene;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
    scene.deps.rooms.connect(scene.showId, scene.ada.uid, { role: "creator", canPublish: true });
  });

  const end = (deps = scene.deps) => endShow(deps, as(scene.ada), { showId: scene.showId });
  const manyAsk = async () => {
    const writer = firestore.bulkWriter();
    const createdAt = Timestamp.fromMillis(scene.deps.clock.now());
    for (let index = 0; index < ASKERS; index += 1) {
      const uid = `spotify_${index}`;
      const request = { uid, message: "", createdAt, decidedAt: null, decidedBy: null };
      const ref = speakRequestRef(firestore, scene.showId, uid);
      void writer.set(ref, { ...request, status: "pending" });
    }
    await writer.close();
  };
  const pending = async () =>
    (await speakRequestsRef(firestore, scene.showId).where("status", "==", "pending").get()).size;

  it("cancels every pending request in pages, and keeps decided ones", async () => {
    await manyAsk();
    const speaker = await scene.speaker("Eve");
    await scene.request(speaker, { status: "accepted" });
    await end();
    assert.equal(await pending(), 0);
    assert.equal((await scene.requestOf(speaker))?.status, "accepted");
    assert.equal((await scene.stage())?.cleanup, null);
    assert.equal(scene.deps.rooms.rooms.has(scene.showId), false);
    assert.deepEqual(scene.deps.requestedSweeps(), []);
  });

  it("marks the show ended first, and lets the sweep finish after a crash", async () => {
    await manyAsk();
    const statuses: unknown[] = [];
    scene.deps.rooms.beforeRequest(async () => {
      statuses.push((await showRef(firestore, scene.showId).get()).data()?.status);
    });
    // The instance crashes as it begins to cancel the second page.
    let cancelled = 0;
    const broken = firestoreWhoseBatches(firestore, (ref) => {
      if (ref.parent.id === "speakRequests" && (cancelled += 1) > 200) throw new Error("crashed");
    });
    await assert.rejects(end({ ...scene.deps, firestore: broken }), ({ errors }: AggregateError) =>
      errors.every((error) => String(error).includes("crashed")),
    );
    assert.deepEqual(statuses, ["ended"], "the room is closed after that write");
    assert.deepEqual([(await scene.show())?.status, await pending()], ["ended", ASKERS - 200]);
    assert.equal((await scene.stage())?.cleanup, "pending");
    assert.deepEqual(scene.deps.requestedSweeps(), [scene.showId]);

    await sweepShow(scene.deps, { showId: scene.showId });
    assert.equal(await pending(), 0);
    assert.equal((await scene.stage())?.cleanup, null);
    const clean = await scene.everything();
    await cleanUpShow(scene.deps, scene.showId);
    assert.deepEqual(await scene.everything(), clean, "a second cleanup changes nothing");
  });

  it("ends the show while LiveKit is down, and asks for a sweep", async () => {
    const dan = await scene.asker("Dan");
    scene.deps.rooms.setDown(true);
    assert.equal((await end()).status, "ended");
    assert.equal((await scene.requestOf(dan))?.status, "cancelled", "this needs no room");
    assert.equal((await scene.stage())?.cleanup, "pending");
    assert.deepEqual(scene.deps.requestedSweeps(), [scene.showId]);
  });

  it("ignores a stage that does not exist", async () => {
    await cleanUpShow(scene.deps, "no-such-show");
    assert.equal((await stageRef(firestore, "no-such-show").get()).exists, false);
  });
});

/** `onUpdate` sees each document that a batch is about to update. */
function firestoreWhoseBatches(
  firestore: Firestore,
  onUpdate: (ref: DocumentReference) => void,
): Firestore {
  const overriding = <Target extends object>(target: Target, name: string, override: unknown) =>
    new Proxy(target, {
      get(_, property) {
        if (property === name) return override;
        const found: unknown = Reflect.get(target, property);
        const bound: unknown = typeof found === "function" ? found.bind(target) : found;
        return bound;
      },
    });
  return overriding(firestore, "batch", () => {
    const batch = firestore.batch();
    return overriding(
      batch,
      "update",
      (ref: DocumentReference, changes: UpdateData<DocumentData>) => {
        onUpdate(ref);
        return batch.update(ref, changes);
      },
    );
  });
}
