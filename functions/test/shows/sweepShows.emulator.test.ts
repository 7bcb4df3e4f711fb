import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { showRef, stageRef } from "../../src/collections.js";
import { sweepShows } from "../../src/shows/sweepShows.js";
import { quietFirestore, showIn } from "../support/backstage.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

const MINUTE = 60_000;

describe("sweepShows", () => {
  let firestore: Firestore;
  let scene: LiveScene;

  // It sweeps every show in its database.
  beforeEach(async () => {
    firestore = quietFirestore();
    scene = await liveScene(firestore);
  });
  afterEach(() => firestore.terminate());

  const sweep = (deps = scene.deps) => sweepShows(deps);
  const swept = () => [...new Set(scene.deps.requestedSweeps())].sort();

  it("enqueues one task for each show that is live, not cleaned up, or has a room", async () => {
    const { rooms } = scene.deps;
    const [live, unclean, ended, withRoom] = await Promise.all([
      showIn("live", scene.ada, {}, firestore),
      showIn("ended", scene.ada, {}, firestore),
      showIn("ended", scene.ada, {}, firestore),
      showIn("draft", scene.ada, {}, firestore),
    ]);
    await showIn("scheduled", scene.ada, {}, firestore);
    await stageRef(firestore, unclean).update({ cleanup: "pending" });
    await rooms.open(withRoom);
    await rooms.open(live);
    rooms.requests.length = 0;
    await sweep();
    assert.deepEqual(swept(), [scene.showId, live, unclean, withRoom].sort());
    assert.ok(!swept().includes(ended));
    assert.deepEqual(rooms.requests, ["list"], "everything else is left to the tasks");
    assert.equal(scene.deps.requestedSweeps().length, swept().length, "one task for each");
  });

  it("enqueues one task per show and minute, however often the schedule fires", async () => {
    const { clock, queued } = scene.deps;
    clock.advance(MINUTE - (clock.now() % MINUTE));
    await sweep();
    clock.advance(MINUTE - 1);
    await sweep();
    clock.advance(1);
    await sweep();
    const [first, second = NaN, third = NaN] = queued.sweepShow.map(({ dueAt }) => dueAt);
    assert.equal(first, second);
    assert.equal(third, second + MINUTE);
    assert.deepEqual(
      queued.sweepShow.map(({ plannedAt }) => plannedAt),
      [first, third - 1, third],
      "whenever in its minute the schedule fires, its sweeps are not late yet",
    );
    assert.ok(third <= clock.now(), "a sweep is due immediately");
  });

  it("tells each sweep how many are in the room, except every fifth minute of the room", async () => {
    const { clock, queued, rooms } = scene.deps;
    const other = await showIn("live", scene.ada, {}, firestore);
    rooms.connect(scene.showId, scene.ada.uid, { role: "creator", canPublish: true });
    clock.advance(MINUTE - (clock.now() % MINUTE));
    const startOf = clock.now();
    const deps = {
      ...scene.deps,
      rooms: {
        ...rooms,
        list: async () => (await rooms.list()).map((room) => ({ ...room, since: startOf - 1 })),
      },
    };
    const counts = [];
    for (let minute = 0; minute < 7; minute += 1) {
      queued.sweepShow.length = 0;
      await sweep(deps);
      counts.push(queued.sweepShow.find(({ showId }) => showId === scene.showId)?.participants);
      assert.equal(
        queued.sweepShow.find(({ showId }) => showId === other)?.participants,
        undefined,
        "its room is not there",
      );
      clock.advance(MINUTE);
    }
    assert.deepEqual(counts, [undefined, 1, 1, 1, 1, undefined, 1]);
  });

  it("reads no show, so that an unreadable show does not delay the others", async () => {
    const broken = await showIn("live", scene.ada, {}, firestore);
    await showRef(firestore, broken).update({ title: 7 });
    await sweep();
    assert.deepEqual(swept(), [scene.showId, broken].sort());
  });

  it("skips rooms whose name cannot be a show id", async () => {
    const { rooms } = scene.deps;
    for (const name of ["a/b", `${scene.showId}/participants/dan`, "ünïcode"])
      await rooms.open(name);
    await sweep();
    assert.deepEqual(swept(), [scene.showId]);
  });

  it("continues with live shows when LiveKit does not answer, and with the others when one cannot be enqueued", async () => {
    const { deps } = scene;
    deps.rooms.setDown(true);
    await assert.rejects(sweep(), AggregateError);
    assert.deepEqual(swept(), [scene.showId]);
    const silent = () => deps.queued.sweepShow.map(({ isLivekitSilent }) => isLivekitSilent);
    assert.deepEqual(silent(), [true], "its sweep does not wait for LiveKit, too");

    deps.rooms.setDown(false);
    deps.queued.sweepShow.length = 0;
    await sweep();
    assert.deepEqual(silent(), [undefined]);
    const failing = await showIn("live", scene.ada, {}, firestore);
    const { sweepShow } = deps.tasks;
    deps.queued.sweepShow.length = 0;
    await assert.rejects(
      sweep({
        ...deps,
        tasks: {
          ...deps.tasks,
          sweepShow: {
            enqueue: (task, dueAt) =>
              task.showId === failing
                ? Promise.reject(new Error("queue is full"))
                : sweepShow.enqueue(task, dueAt),
          },
        },
      }),
      AggregateError,
    );
    assert.deepEqual(swept(), [scene.showId]);
  });

  it("covers more shows than fit on a page", async () => {
    const writer = firestore.bulkWriter();
    const show = await scene.show();
    assert.ok(show);
    const ids = Array.from({ length: 600 }, (_, index) => `show-${index}`);
    for (const id of ids) void writer.set(showRef(firestore, id), show);
    await writer.close();
    await sweep();
    assert.equal(swept().length, ids.length + 1);
  }).timeout(20_000);
});
