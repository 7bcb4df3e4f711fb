import assert from "node:assert/strict";
import { adviceFor } from "../../src/player/outcome.js";

describe("advice for an outcome", () => {
  it("names a remedy if the follower does not try again by itself", () => {
    for (const [kind, { remedy, triesAgain }] of Object.entries(adviceFor)) {
      if (!triesAgain) assert.ok(remedy !== "nothing" && remedy !== "wait", kind);
    }
  });

  it("asks the listener to act if only they can change it", () => {
    assert.deepEqual(
      Object.entries(adviceFor)
        .filter(([, { remedy }]) => remedy !== "nothing" && remedy !== "wait")
        .map(([kind, { remedy }]) => `${kind}: ${remedy}`),
      [
        "stopped: resume",
        "noDevice: openSpotify",
        "notPremium: getPremium",
        "notAllowListed: askForAccess",
        "appMissing: installSpotify",
        "relinkRequired: linkSpotifyAgain",
      ],
    );
  });
});
