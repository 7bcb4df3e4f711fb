import assert from "node:assert/strict";
import { runningSuite } from "../support/suite.js";
import { Fuzz } from "./fuzz.js";
import { everythingStored, strayDocuments } from "./stored.js";

/** A sample; `npm run test:fuzz` sends 10,000. */
const PAYLOADS = 200;

describe("random payloads", () => {
  it("get answers within the contract, and store nothing outside it", async () => {
    const fuzz = new Fuzz({ endpoints: await runningSuite(), payloads: PAYLOADS, seed: 1 });
    const scene = await fuzz.setScene();
    await fuzz.sendInvalid(scene);
    await fuzz.sendValid(scene);
    assert.deepEqual(fuzz.faults, []);
    assert.equal(fuzz.sent, PAYLOADS);
    const ids = fuzz.scenes.flatMap(({ ids }) => Object.values(ids).filter((id) => id.length > 30));
    const theirs = [...(await everythingStored())].filter(([path]) =>
      ids.some((id) => path.includes(id)),
    );
    assert.ok(theirs.length > 50);
    // Other tests run at the same time, and some store invalid documents on purpose.
    assert.deepEqual(strayDocuments(new Map(theirs)), []);
  });
});
