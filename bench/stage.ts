import { withSurroundings } from "../local/testRunner/withSurroundings.js";
import { spreadOf } from "./samples.js";

const TIMES = 30;

/**
 * How fast the stage reacts, with real sound on a real LiveKit, from the start of a host's call to
 * what a listener hears. `bareSilent` is LiveKit's own share of a demotion: its bare
 * `updateParticipant` in the same run. Prints a table, and the same as JSON in the last line, in
 * ms.
 */
await withSurroundings("suite", { name: "bench", extras: ["livekit"] }, async () => {
  const { measureStage } = await import("./stageSound.js");
  const samples = await measureStage(TIMES, (line) => {
    console.log(line);
  });
  const spreads = Object.fromEntries(
    Object.entries(samples).map(([name, values]) => [name, spreadOf(values)]),
  );
  console.table(spreads);
  const [demoted, bare] = [spreads.demotedSilent, spreads.bareSilent];
  if (demoted && bare) {
    const ours = (demoted.p50 - bare.p50).toFixed(1);
    console.log(`demotedSilent is bareSilent plus ${ours} ms of our own (p50)`);
  }
  console.log(JSON.stringify(spreads));
});
process.exit();
