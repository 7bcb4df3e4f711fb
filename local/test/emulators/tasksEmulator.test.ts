import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { TasksStage } from "./tasksStage.js";

describe("the tasks emulator, over HTTP", () => {
  let stage: TasksStage;
  beforeEach(async () => {
    stage = new TasksStage();
    await stage.open();
  });
  afterEach(() => stage.close());

  it("holds a task until it is due, and then delivers it once", async () => {
    await stage.createQueue();
    const dueAt = Date.now() + 1_500;
    assert.equal(await stage.create({ data: "later", dueAt }), 200);
    assert.equal(await stage.create({ data: "now" }), 200);
    const [first, second] = await stage.untilDelivered(2);
    assert.equal(first?.body, '{"data":"now"}');
    assert.equal(second?.body, '{"data":"later"}');
    assert.ok(second.at >= dueAt, `${dueAt - second.at} ms early`);
    await sleep(200);
    assert.equal(stage.deliveries.length, 2);
  });

  it("holds a task that is due in weeks", async () => {
    await stage.createQueue();
    await stage.create({ dueAt: Date.now() + 29 * 24 * 3_600_000 });
    await sleep(1_500);
    assert.equal(stage.deliveries.length, 0);
  });

  it("takes a name once, before and after its task ran", async () => {
    await stage.createQueue();
    const dueAt = Date.now() + 200;
    const created = await Promise.all([1, 2, 3].map(() => stage.create({ id: "once", dueAt })));
    assert.deepEqual(created.toSorted(), [200, 409, 409]);
    await stage.untilDelivered(1);
    await sleep(50);
    assert.equal(await stage.create({ id: "once" }), 409);
    assert.equal(stage.deliveries.length, 1);
  });

  it("retries what fails with the queue's backoff", async () => {
    await stage.createQueue({
      retryConfig: { maxAttempts: 5, minBackoffSeconds: 0.1, maxDoublings: 1 },
    });
    stage.handle = (index) => [500, 400, 503][index] ?? 204;
    await stage.create();
    const deliveries = await stage.untilDelivered(4);
    const waits = deliveries.slice(1).map(({ at }, index) => at - (deliveries[index]?.at ?? 0));
    for (const [index, expected] of [100, 200, 400].entries()) {
      assert.ok((waits[index] ?? 0) >= expected, `waits: ${waits.join(", ")}`);
    }
    await sleep(900);
    assert.equal(stage.deliveries.length, 4);
  });

  it("gives up after maxAttempts", async () => {
    await stage.createQueue({ retryConfig: { maxAttempts: 3, minBackoffSeconds: 0.02 } });
    stage.handle = () => 500;
    await stage.create();
    await stage.untilDelivered(3);
    await sleep(300);
    assert.equal(stage.deliveries.length, 3);
  });

  it("runs no more at once than maxConcurrentDispatches, and all in the end", async () => {
    await stage.createQueue({ rateLimits: { maxConcurrentDispatches: 3 } });
    let running = 0;
    let most = 0;
    stage.handle = async () => {
      running += 1;
      most = Math.max(most, running);
      await sleep(20);
      running -= 1;
      return 204;
    };
    const dueAt = Date.now() + 300;
    await Promise.all(Array.from({ length: 60 }, () => stage.create({ dueAt })));
    await stage.untilDelivered(60);
    assert.equal(most, 3);
  });

  it("drops what is pending when it stops", async () => {
    await stage.createQueue();
    await stage.create({ dueAt: Date.now() + 100 });
    await stage.close();
    await sleep(1_500);
    assert.equal(stage.deliveries.length, 0);
  });
});
