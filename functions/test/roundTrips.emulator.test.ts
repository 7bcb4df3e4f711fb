import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { contracts } from "../src/contract/callables.js";
import { quietFirestore } from "./support/backstage.js";
import { calls } from "./support/calls/calls.js";
import { countedDependencies } from "./support/countedDependencies.js";
import { countRoundTrips } from "./support/roundTrips.js";

describe("round trips to Firestore", () => {
  let firestore: Firestore;
  let counter: ReturnType<typeof countRoundTrips>;

  before(() => {
    firestore = quietFirestore();
    counter = countRoundTrips(firestore);
  });
  after(() => firestore.terminate());

  for (const { name, goal, asksNobodyElse, scene } of calls) {
    it(`${name} takes at most ${goal} sequential round trips`, async () => {
      const deps = countedDependencies(firestore);
      const [work] = await (await scene(firestore, 1))(deps);
      assert.ok(work);
      const { sequential, requests, retries } = await counter.during(work);
      assert.ok(sequential >= 1, "the counter sees the library's requests");
      assert.ok(sequential <= goal, `${sequential}: ${requests.join(", ")}`);
      assert.equal(retries, 0);
      if (asksNobodyElse) assert.deepEqual(deps.external, []);
    });
  }

  it("are measured for every callable", () => {
    const measured = calls.map(({ name }) => name.replace(/ \(.*/, ""));
    assert.deepEqual(
      contracts.map(({ name }) => name).filter((name) => !measured.includes(name)),
      [],
    );
  });

  it("count simultaneous requests once and sequential ones separately", async () => {
    const read = () => firestore.doc("any/document").get();
    assert.equal((await counter.during(() => Promise.all([read(), read()]))).sequential, 1);
    const { sequential, requests } = await counter.during(async () => {
      await read();
      await read();
    });
    assert.deepEqual([sequential, requests.length], [2, 2]);
  });
});
