import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { functionUrl } from "../../../local/suite/endpoints.js";
import { runningSuite } from "../../../test/support/suite.js";
import { sweepRef } from "../../src/collections.js";
import { healthAnswer } from "../../src/contract/health.js";
import { examine, health } from "../../src/health/health.js";
import { sweepShows } from "../../src/shows/sweepShows.js";
import { quietFirestore } from "../support/backstage.js";
import { showEdges } from "../support/showEdges.js";

describe("health", () => {
  let firestore: Firestore;
  beforeEach(() => {
    firestore = quietFirestore();
  });
  afterEach(() => firestore.terminate());

  it("is healthy once a sweep has run", async () => {
    const deps = showEdges(firestore);
    assert.deepEqual(await examine(deps), {
      isHealthy: false,
      firestore: { isHealthy: true },
      livekit: { isHealthy: true },
      sweep: { isHealthy: false, at: null },
    });
    await sweepShows(deps);
    const { isHealthy, sweep } = await examine(deps);
    assert.ok(isHealthy);
    assert.equal(sweep.at, deps.clock.now());
  });

  it("says that the sweep is late", async () => {
    const deps = showEdges(firestore);
    await sweepRef(firestore).set({ at: Timestamp.fromMillis(deps.clock.now() - 5 * 60_000) });
    const { isHealthy, sweep, livekit } = await examine(deps);
    assert.deepEqual([isHealthy, sweep.isHealthy, livekit.isHealthy], [false, false, true]);
  });

  it("says that LiveKit fails, and that a sweep ran nevertheless", async () => {
    const deps = showEdges(firestore);
    deps.rooms.setDown(true);
    await assert.rejects(sweepShows(deps));
    const { isHealthy, livekit, sweep } = await examine(deps);
    assert.deepEqual([isHealthy, livekit.isHealthy, sweep.isHealthy], [false, false, true]);
  });

  it("reports a part that does not answer in time", async () => {
    const deps = showEdges(firestore);
    const rooms = { ...deps.rooms, find: () => new Promise<never>(() => undefined) };
    const { livekit } = await examine({ ...deps, rooms }, 50);
    assert.equal(livekit.isHealthy, false);
    await firestore.terminate();
    assert.equal((await examine(deps, 50)).firestore.isHealthy, false);
  });

  it("answers 200 or 503, and asks LiveKit once in ten seconds however many call", async () => {
    const deps = showEdges(firestore);
    await sweepShows(deps);
    const handle = health();
    const call = async () => {
      let code = 0;
      const response = {
        set: () => response,
        status(status: number) {
          code = status;
          return response;
        },
        json: () => undefined,
      };
      await handle(deps, { method: "GET" }, response);
      return code;
    };
    assert.deepEqual(await Promise.all([call(), call(), call()]), [200, 200, 200]);
    deps.rooms.setDown(true);
    assert.equal(await call(), 200);
    assert.equal(deps.rooms.found.length, 1);
    deps.clock.advance(10_000);
    assert.equal(await call(), 503);
    assert.equal(deps.rooms.found.length, 2);
  });

  describe("over HTTP", () => {
    let url: string;
    before(async () => {
      url = functionUrl(await runningSuite(), "health");
    });

    it("answers 200 or 503 as the parts are, with nothing else, and is never cached", async () => {
      const response = await fetch(url);
      const answer = healthAnswer.strict().parse(await response.json());
      assert.equal(response.status, answer.isHealthy ? 200 : 503);
      assert.ok(answer.firestore.isHealthy);
      assert.equal(response.headers.get("cache-control"), "no-store");
    });

    it("answers nothing but GET", async () => {
      const response = await fetch(url, { method: "POST" });
      assert.equal(response.status, 405);
      assert.equal(response.headers.get("allow"), "GET, HEAD");
    });
  });
});
