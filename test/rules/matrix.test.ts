import assert from "node:assert/strict";
import { describeCell, isWrong, prepareMatrix, runMatrix } from "../matrix/runMatrix.js";
import { loadRules } from "../support/rules/loadRules.js";

/** Every cell is executed by `npm run test:matrix`. */
const SAMPLE = 25;

describe("the authorisation matrix", () => {
  it("matches the rules' answers in a sample of its cells", async () => {
    const projectId = `demo-matrix-${process.pid}`;
    await loadRules(projectId);
    await prepareMatrix(projectId);
    const cells = await runMatrix({ projectId, every: SAMPLE });
    assert.ok(cells.length > 900);
    assert.deepEqual(cells.filter(isWrong).map(describeCell), []);
  }).timeout(60_000);
});
