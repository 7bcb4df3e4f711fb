import assert from "node:assert/strict";
import { startOptions } from "../../suite/startOptions.js";

describe("npm start", () => {
  it("serves the built demo, unless one asks for the development server", () => {
    assert.deepEqual(startOptions([]), { reloads: false });
    assert.deepEqual(startOptions(["--dev"]), { reloads: true });
  });
});
