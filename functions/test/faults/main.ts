import { writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { formatMarkdown } from "../../../local/files/markdown.js";
import { interruption } from "../../../local/process/interruption.js";
import { claimAnyRunDirectory } from "../../../local/suite/runDirectory.js";
import { surround } from "../../../local/testRunner/surroundings.js";

/**
 * Strikes every operation with every fault, prints the results and writes them into docs/RELIABILITY.md.
 * `--only <part of an operation's name>` runs some, may be repeated, and does not write the page.
 */
const { values } = parseArgs({ options: { only: { type: "string", multiple: true } } });
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
const { pageFile, renderPage } = await import("./page.js");
const { signalled } = await import("./covered.js");
let broken = Infinity;
try {
  const started = performance.now();
  const { cells, ran } = await runMatrix(values.only);
  const seconds = (performance.now() - started) / 1_000;
  broken = cells.filter((cell) => cell.broken.length > 0).length;
  if (values.only === undefined) {
    const silent = signalled.filter((name) => !ran.has(name));
    broken += silent.length;
    for (const name of silent) console.log(`BROKEN no operation reaches ${name}`);
    const date = new Date().toISOString().slice(0, 10);
    const gibibytes = Math.round(totalmem() / 2 ** 30);
    const machine = `a machine with ${cpus().length} cores and ${gibibytes} GiB`;
    const page = renderPage({ cells, broken, date, machine, seconds });
    await writeFile(pageFile, await formatMarkdown(pageFile, page));
  }
  console.log(`${cells.length} cells, ${broken} broken`);
} finally {
  await surroundings.stop();
  await directory.release();
}
process.exit(broken === 0 ? 0 : 1);
