import assert from "node:assert/strict";
import { openModel, type OpenModel } from "./openModel.js";

/** A sample of `npm run test:model`. */
describe("the model of the show", () => {
  let model: OpenModel;

  before(async () => {
    model = await openModel();
  });
  after(() => model.close());

  it("explains every answer and every document, and its invariants hold", async () => {
    const { counterexample, spoken, steps } = await model.run({ seed: 5, runs: 2, steps: 20 });
    assert.equal(counterexample, null);
    assert(steps >= 20, `only ${steps} steps`);
    assert(spoken > 0, "nobody has spoken");
  });
});
