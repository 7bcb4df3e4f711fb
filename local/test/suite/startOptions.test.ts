import assert from "node:assert/strict";
import { startOptions } from "../../suite/startOptions.js";

describe("npm start", () => {
  it("serves the built demo, and the development server only with --dev", () => {
    assert.deepEqual(startOptions([]), { reloads: false });
    assert.deepEqual(startOptions(["--dev"]), { reloads: true });
  });
});
