import { interruption } from "../../../local/process/interruption.js";
import { claimAnyRunDirectory } from "../../../local/suite/runDirectory.js";
import { surround } from "../../../local/testRunner/surroundings.js";

/** Strikes every operation with every fault and prints what came of it. `--only <part of an operation's name>` takes some. */
const only = process.argv[process.argv.indexOf("--only") + 1] ?? "";
const directory = await claimAnyRunDirectory("faults");
const surroundings = await surround("firestore", {
  directory,
  signal: interruption(() => {
    console.log("\nStopping…");
  }),
});
Object.assign(process.env, surroundings.environment);
// The Admin SDK reads the emulator's address from the environment when it is loaded.
const { runMatrix } = await import("./runMatrix.js");
let broken = 0;
try {
  broken = await runMatrix(process.argv.includes("--only") ? only : "");
} finally {
  await surroundings.stop();
  await directory.release();
}
process.exit(broken === 0 ? 0 : 1);
