import assert from "node:assert/strict";
import { outcomeFor, type PlayerState } from "../../src/follow/playerState.js";

describe("a listener's outcome", () => {
  it("is a new attempt once the track after an unplayable one plays", () => {
    const unplayable: PlayerState = { kind: "unplayable", trackUri: "A" };
    const outcomeIn = (trackUri: string) =>
      outcomeFor(
        { kind: "playing", trackIndex: 0, trackUri, positionMs: 0, endsAt: 0 },
        unplayable,
        0,
      );
    assert.deepEqual(outcomeIn("A"), { kind: "notPlayable", trackUri: "A" });
    assert.deepEqual(outcomeIn("B"), { kind: "starting" });
  });
});
