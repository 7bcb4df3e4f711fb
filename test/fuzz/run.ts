import { parseArgs } from "node:util";
import { leaksIn } from "../../local/testRunner/leaks.js";
import { withSurroundings } from "../../local/testRunner/withSurroundings.js";
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
await withSurroundings("suite", { name: "fuzz" }, async (directory) => {
  const { Fuzz } = await import("./fuzz.js");
  const { differ } = await import("../differential/differ.js");
  const { exceptions } = await import("../differential/exceptions.js");
  const { background, subjects } = await import("../differential/subjects.js");
  const { emptyWorld, given } = await import("../support/rules/world.js");
  const { changesBetween, everythingSettled, everythingStored, strayDocuments } =
    await import("./stored.js");
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
});
process.exit();
