import assert from "node:assert/strict";
import { changes } from "../../audioClient/changes.js";

const never = () => "it never came";

describe("changes().until", () => {
  it("resolves immediately if the state is already reached", async () => {
    assert.equal(
      await changes().until(
        () => 7,
        0,
        () => "",
      ),
      7,
    );
  });

  it("checks again at each change, for every caller", async () => {
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

  it("reports what is missing after the timeout", async () => {
    await assert.rejects(
      changes().until(() => undefined, 20, never),
      { message: "it never came" },
    );
  });
});
