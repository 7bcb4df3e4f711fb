import assert from "node:assert/strict";
import { differ } from "../differential/differ.js";
import { exceptions } from "../differential/exceptions.js";
import { background, subjects } from "../differential/subjects.js";
import { emptyWorld, given } from "../support/rules/world.js";

/** A sample; `npm run test:fuzz` writes more. */
const WRITES_PER_SUBJECT = 25;

describe("random documents", () => {
  it("are accepted by the rules if and only if the contract accepts them", async () => {
    await emptyWorld();
    await given(background());
    const results = await Promise.all(
      subjects.map((subject) =>
        differ(subject, { seed: 1, writes: WRITES_PER_SUBJECT, exceptions }),
      ),
    );
    assert.deepEqual(
      results.flatMap(({ differences }) => differences),
      [],
    );
    const used = new Set(results.flatMap((result) => [...result.used]));
    assert.deepEqual(
      exceptions.filter((exception) => !used.has(exception)),
      [],
    );
  }).timeout(60_000);
});
