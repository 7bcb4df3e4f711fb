import { interruption } from "../../local/process/interruption.js";
import { claimAnyRunDirectory } from "../../local/suite/runDirectory.js";
import { readEndpoints } from "../../local/suite/endpoints.js";
import { ENDPOINTS_VARIABLE, surround } from "../../local/testRunner/surroundings.js";

/** Takes the screenshots of the demo on a separate suite, so that other activity does not show. */
const directory = await claimAnyRunDirectory("screenshots");
const surroundings = await surround("suite", {
  directory,
  signal: interruption(() => undefined),
  extras: new Set(["livekit", "chromium", "demo"]),
});
try {
  const [lack] = Object.values(surroundings.missing);
  if (lack !== undefined) throw new Error(lack);
  Object.assign(process.env, surroundings.environment);
  const { takeScreenshots } = await import("./takeScreenshots.js");
  await takeScreenshots(await readEndpoints(surroundings.environment[ENDPOINTS_VARIABLE] ?? ""));
} finally {
  await surroundings.stop();
  await directory.release();
}
process.exit();
