import { removeEndpoints, startEndpointsFile, writeEndpoints } from "./suite/endpoints.js";
import { interruption } from "./process/interruption.js";
import { describe } from "./launchError.js";
import { choosePorts } from "./suite/ports.js";
import { claimRunDirectory } from "./suite/runDirectory.js";
import { startOptions } from "./suite/startOptions.js";
import { seed } from "./seed.js";
import { renderWelcome } from "./suite/welcome.js";
import { startSuite, type Suite } from "./suite/suite.js";

const demo = startOptions(process.argv.slice(2));

const AUDIENCE_INTERVAL_SECONDS = 2;
const started = performance.now();

const signal = interruption(() => {
  console.log("\nStopping…");
});

process.exitCode = await run().catch((error: unknown) => {
  if (signal.aborted) return 0;
  console.error(describe(error));
  return 1;
});
if (signal.aborted) console.log("Stopped.");
process.exit();

/** Returns the exit code. */
async function run(): Promise<number> {
  const ports = choosePorts(process.env);
  const directory = await claimRunDirectory("start");
  try {
    // A launcher that was killed could not remove the file.
    await removeEndpoints(startEndpointsFile);
    const suite = await startSuite({
      directory,
      ports,
      audienceIntervalSeconds: AUDIENCE_INTERVAL_SECONDS,
      onRebuild: showRebuild,
      onScheduleFailed: showProgress,
      demo,
      signal,
      onProgress: showProgress,
    });
    try {
      return await serve(suite);
    } finally {
      await suite.stop();
    }
  } finally {
    await directory.release();
  }
}

async function serve(suite: Suite): Promise<number> {
  const ended = Promise.race([suite.failed, interrupted()]);
  let over = false;
  const open = async (): Promise<void> => {
    showProgress("seeding people and shows");
    await seed(suite.endpoints);
    if (over) return;
    await writeEndpoints(startEndpointsFile, suite.endpoints);
    console.log(renderWelcome(suite.endpoints, suite));
  };
  try {
    // Seeding would otherwise wait for an emulator that has ended.
    const failure = await Promise.race([open().then(() => ended), ended]);
    if (failure === undefined) return 0;
    console.error(`\n${failure}`);
    return 1;
  } finally {
    over = true;
    await removeEndpoints(startEndpointsFile);
  }
}

function interrupted(): Promise<undefined> {
  return new Promise((resolve) => {
    const resolveNow = (): void => {
      resolve(undefined);
    };
    if (signal.aborted) resolveNow();
    else signal.addEventListener("abort", resolveNow, { once: true });
  });
}

function showProgress(line: string): void {
  const seconds = ((performance.now() - started) / 1_000).toFixed(1).padStart(5);
  console.log(`${seconds} s  ${line}`);
}

function showRebuild(complaints: readonly string[]): void {
  if (complaints.length === 0) {
    console.log("The functions were recompiled, and the emulator loads them.");
    return;
  }
  console.log(["The functions do not compile:", ...complaints].join("\n"));
}
