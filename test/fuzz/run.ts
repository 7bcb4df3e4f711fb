import { parseArgs } from "node:util";
import { interruption } from "../../local/process/interruption.js";
import { claimAnyRunDirectory } from "../../local/suite/runDirectory.js";
import { leaksIn } from "../../local/testRunner/leaks.js";
import { surround } from "../../local/testRunner/surroundings.js";
import { runningSuite } from "../support/suite.js";

/**
 * Sends every callable and HTTP function payloads of every shape. No answer may be `internal`, late or outside the contract,
 * an invalid request changes nothing, and whatever is stored has a schema. The last line is the result.
 */
const { values } = parseArgs({
  options: {
    payloads: { type: "string", default: "10000" },
    seed: { type: "string", default: `${Date.now() % 1_000_000_000}` },
    path: { type: "string" },
  },
});
const seed = Number(values.seed);
const directory = await claimAnyRunDirectory("fuzz");
const surroundings = await surround("suite", {
  directory,
  signal: interruption(() => undefined),
});
Object.assign(process.env, surroundings.environment);
// The Admin SDK reads the emulator's address from the environment when it is loaded.
const { Fuzz } = await import("./fuzz.js");
const { differ } = await import("../differential/differ.js");
const { exceptions } = await import("../differential/exceptions.js");
const { background, subjects } = await import("../differential/subjects.js");
const { emptyWorld, given } = await import("../support/rules/world.js");
const { changesBetween, everythingSettled, everythingStored, strayDocuments } =
  await import("./stored.js");

try {
  console.log(`seed ${seed}`);
  const payloads = Number(values.payloads);
  const fuzz = new Fuzz({ endpoints: await runningSuite(), payloads, seed, path: values.path });
  const scene = await fuzz.setScene();
  const before = await everythingSettled();
  await fuzz.sendInvalid(scene);
  const changed = changesBetween(before, await everythingStored());
  console.log(`${fuzz.sent} invalid payloads sent`);
  await fuzz.sendValid(scene);
  await emptyWorld();
  await given(background());
  const writes = await Promise.all(
    subjects.map((subject) => differ(subject, { seed, writes: payloads / 50, exceptions })),
  );
  const differences = writes.flatMap((result) => result.differences);
  const stray = [
    ...changed.map((path) => `${path} was changed by an invalid payload`),
    ...strayDocuments(await everythingSettled()),
  ];
  const leaks = await leaksIn(directory.path);
  for (const difference of differences) console.log(difference);
  for (const fault of fuzz.faults) console.log(`\n${fault}`);
  for (const write of stray) console.log(`\nstray write: ${write}`);
  for (const { title, file, reason } of leaks) console.log(`\n${title}: ${file}\n${reason}`);
  console.log(
    `${differences.length} differences between the rules and the contract, ${leaks.length} logs with secrets`,
  );
  console.log(
    `${fuzz.sent} payloads, ${fuzz.faults.length} internal, ${stray.length} stray writes`,
  );
  process.exitCode = [fuzz.faults, stray, leaks, differences].every(({ length }) => length === 0)
    ? 0
    : 1;
} finally {
  await surroundings.stop();
  await directory.release();
}
process.exit();
