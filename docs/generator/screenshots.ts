import { withSurroundings } from "../../local/testRunner/withSurroundings.js";
import { runningSuite } from "../../test/support/suite.js";

/** Takes the screenshots of the demo on a separate suite, so that other activity does not show. */
await withSurroundings(
  "suite",
  { name: "screenshots", extras: ["livekit", "chromium", "demo"] },
  async () => {
    const { takeScreenshots } = await import("./takeScreenshots.js");
    await takeScreenshots(await runningSuite());
  },
);
process.exit();
