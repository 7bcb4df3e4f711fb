import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { TasksStage } from "./tasksStage.js";

/**
 * A queue that runs one task at a time, so that the next delivery shows that the previous task is
 * finished.
 */
const ONE_AT_A_TIME = { rateLimits: { maxConcurrentDispatches: 1 } };

describe("the tasks emulator", () => {
  let stage: TasksStage;
  beforeEach(async () => {
    stage = new TasksStage();
    await stage.open();
  });
  afterEach(() => stage.close());

  const bodies = () => stage.deliveries.map(({ body }) => body);

  it("holds a task until it is due, delivers it once, and delivers overdue tasks immediately", async () => {
    await stage.createQueue(ONE_AT_A_TIME);
    const dueAt = Date.now() + 500;
    assert.equal(await stage.create({ data: "later", dueAt }), 200);
    assert.equal(await stage.create({ data: "now" }), 200);
    assert.equal(await stage.create({ data: "overdue", dueAt: Date.now() - 1_000 }), 200);
    const [, , later] = await stage.untilDelivered(3);
    assert.ok(later && later.at >= dueAt, "early");
    await stage.create({ data: "last" });
    await stage.untilDelivered(4);
    assert.deepEqual(
      bodies(),
      ["now", "overdue", "later", "last"].map((data) => JSON.stringify({ data })),
    );
  });

  it("holds a task that is due in weeks", async () => {
    await stage.createQueue(ONE_AT_A_TIME);
    await stage.create({ data: "in weeks", dueAt: Date.now() + 29 * 24 * 3_600_000 });
    await stage.create({ data: "soon", dueAt: Date.now() + 100 });
    await stage.untilDelivered(1);
    assert.deepEqual(bodies(), ['{"data":"soon"}']);
  });

  it("accepts a name only once, before and after its task ran", async () => {
    await stage.createQueue(ONE_AT_A_TIME);
    const dueAt = Date.now() + 200;
    const created = await Promise.all([1, 2, 3].map(() => stage.create({ id: "once", dueAt })));
    assert.deepEqual(created.toSorted(), [200, 409, 409]);
    await stage.untilDelivered(1);
    await stage.create({ id: "another" });
    await stage.untilDelivered(2);
    assert.equal(await stage.create({ id: "once" }), 409);
  });

  it("retries a failed task with the queue's backoff", async () => {
    await stage.createQueue({
      ...ONE_AT_A_TIME,
      retryConfig: { maxAttempts: 5, minBackoffSeconds: 0.1, maxDoublings: 1 },
    });
    stage.handle = (index) => [500, 400, 503][index] ?? 204;
    await stage.create();
    const deliveries = await stage.untilDelivered(4);
    const waits = deliveries.slice(1).map(({ at }, index) => at - (deliveries[index]?.at ?? 0));
    for (const [index, expected] of [100, 200, 400].entries()) {
      assert.ok((waits[index] ?? 0) >= expected, `waits: ${waits.join(", ")}`);
    }
    await stage.create({ data: "next" });
    assert.equal((await stage.untilDelivered(5)).at(-1)?.body, '{"data":"next"}');
  });

  it("gives up after maxAttempts", async () => {
    await stage.createQueue({
      ...ONE_AT_A_TIME,
      retryConfig: { maxAttempts: 3, minBackoffSeconds: 0.02 },
    });
    stage.handle = (index) => (index < 3 ? 500 : 204);
    await stage.create();
    await stage.untilDelivered(3);
    await stage.create({ data: "next" });
    assert.equal((await stage.untilDelivered(4)).at(-1)?.body, '{"data":"next"}');
  });

  it("runs at most maxConcurrentDispatches tasks at once, and eventually all", async () => {
    await stage.createQueue({ rateLimits: { maxConcurrentDispatches: 3 } });
    let running = 0;
    let peak = 0;
    stage.handle = async () => {
      running += 1;
      peak = Math.max(peak, running);
      // Keep each task running for a while.
      await sleep(20);
      running -= 1;
      return 204;
    };
    const dueAt = Date.now() + 300;
    await Promise.all(Array.from({ length: 60 }, () => stage.create({ dueAt })));
    await stage.untilDelivered(60);
    assert.equal(peak, 3);
  });

  it("drops pending tasks when it stops", async () => {
    const dueAt = Date.now() + 300;
    await stage.createQueue();
    await stage.create({ dueAt });
    await stage.stopEmulator();
    const other = new TasksStage();
    await other.open();
    try {
      await other.createQueue();
      await other.create({ dueAt: dueAt + 200 });
      await other.untilDelivered(1);
    } finally {
      await other.close();
    }
    assert.equal(stage.deliveries.length, 0);
  });
});
