import assert from "node:assert/strict";
import { changes } from "../../audioClient/changes.js";

const never = () => "it never came";

describe("waiting for a state", () => {
  it("ends at once where the state holds already", async () => {
    assert.equal(
      await changes().until(
        () => 7,
        0,
        () => "",
      ),
      7,
    );
  });

  it("looks again at each change, for everybody who waits", async () => {
    const changed = changes();
    let state = 0;
    const both = [1, 2].map((wanted) =>
      changed.until(() => (state >= wanted ? state : undefined), 5_000, never),
    );
    state = 1;
    changed.happened();
    assert.equal(await both[0], 1);
    state = 2;
    changed.happened();
    assert.equal(await both[1], 2);
  });

  it("says what is missing when its patience ends", async () => {
    await assert.rejects(
      changes().until(() => undefined, 20, never),
      { message: "it never came" },
    );
  });
});
