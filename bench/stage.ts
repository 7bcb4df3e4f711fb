import { interruption } from "../local/process/interruption.js";
import { claimAnyRunDirectory } from "../local/suite/runDirectory.js";
import { surround } from "../local/testRunner/surroundings.js";
import { spreadOf } from "./samples.js";

const TIMES = 30;

/**
 * How fast the stage reacts, with real sound on a real LiveKit, from the start of a host's call to
 * what a listener hears. `bareSilent` is LiveKit's own share of a demotion: its bare
 * `updateParticipant` in the same run. Prints a table, and the same as JSON in the last line, in
 * ms.
 */
const directory = await claimAnyRunDirectory("bench");
const surroundings = await surround("suite", {
  directory,
  signal: interruption(() => undefined),
  extras: new Set(["livekit"]),
});
try {
  if (surroundings.missing.livekit !== undefined) throw new Error(surroundings.missing.livekit);
  Object.assign(process.env, surroundings.environment);
  // The Admin SDK reads the emulators' addresses from the environment when it is loaded.
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
} finally {
  await surroundings.stop();
  await directory.release();
}
process.exit();
