import { describe } from "../local/launchError.js";
import { livekitControl } from "../local/livekit/proxy/client.js";
import { withSurroundings } from "../local/testRunner/withSurroundings.js";
import { keepMeasurements } from "./cost/measurements.js";
import { areReached } from "./goals.js";
import { spendEvening } from "./scale/evening.js";
import { goalRows } from "./scale/goals.js";
import { rush, RUSH_SECONDS } from "./scale/joinRush.js";
import { measurementsOf } from "./scale/keep.js";
import { type Options, optionsOf, USAGE } from "./scale/options.js";
import { type Measured, resultsOf } from "./scale/results.js";
import { meterFirestore } from "./scale/wire.js";

/** Production's value, so that the measurement matches what is paid for. */
const AUDIENCE_INTERVAL_SECONDS = 5;

/**
 * The counted cost of a listener, with real client SDKs in several processes, compared with a naive
 * design in the same show, and the separate cost of each server operation. Prints a table, and the
 * same as JSON in the last line.
 */
try {
  const options = optionsOf(process.argv.slice(2));
  if (options) await run(options);
  else console.log(USAGE);
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
process.exit();

async function run(options: Options): Promise<void> {
  const meter = meterFirestore();
  tell("starting the suite");
  const suite = { name: "bench", audienceIntervalSeconds: AUDIENCE_INTERVAL_SECONDS };
  await withSurroundings("suite", suite, async () => {
    const measured = await measure(options, () => meter.take());
    const results = resultsOf(measured);
    const goals = goalRows(results);
    console.table(goals);
    tell(howItWasMeasured(measured));
    const isGood = areReached(goals, tell);
    if (options.keep && !isGood) tell("nothing is kept, because not every goal is reached");
    if (options.keep && isGood) await keep(measured);
    console.log(JSON.stringify(results));
  });
}

async function keep(measured: Measured): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  const unexplained = await keepMeasurements(measurementsOf(measured), today);
  tell("kept in bench/cost/coefficients.json: `npm run cost -- --write` renews docs/SCALE.md");
  if (unexplained.length === 0) return;
  tell(
    `correct the basis of ${unexplained.join(", ")}: what is in brackets does not add up to the value`,
  );
}

async function measure(
  options: Options,
  take: () => ReturnType<ReturnType<typeof meterFirestore>["take"]>,
): Promise<Measured> {
  const { crowdScene } = await import("../functions/test/support/liveCrowd.js");
  const { measureServer } = await import("../functions/test/support/serverUse.js");
  const { tasksPerJoin } = await import("../functions/test/support/tasksPerJoin.js");
  const { runningSuite } = await import("../test/support/suite.js");
  const endpoints = await runningSuite();
  const control = endpoints.livekitControl && livekitControl(`http://${endpoints.livekitControl}`);
  const elsewhere = async () => {
    tell("  what the server's operations read and write");
    const server = await measureServer(take);
    tell(`  ${options.joins} joins within ${RUSH_SECONDS} s`);
    return {
      server,
      rush: await rush(crowdScene, endpoints, options.joins),
      tasksPerJoin: await tasksPerJoin(options.joins, RUSH_SECONDS),
    };
  };
  let meanwhile: ReturnType<typeof elsewhere> | undefined;
  const evening = await spendEvening({
    scene: crowdScene,
    endpoints,
    options,
    tell,
    async livekitCalls() {
      if (!control) return undefined;
      return (await control.requests()).filter(({ path }) => path.startsWith("/twirp/")).length;
    },
    async meanwhile() {
      meanwhile = elsewhere();
      await meanwhile;
    },
  });
  if (!meanwhile) throw new Error("the show was never calm");
  return { evening, ...(await meanwhile) };
}

function howItWasMeasured({ evening, rush: joined }: Measured): string {
  const windows = Object.entries(evening.windows).map(
    ([name, { seconds, comments }]) => `${name}: ${comments} in ${seconds.toFixed(1)} s`,
  );
  return [
    `measured with ${evening.listeners} phones and ${evening.naiveListeners} naive ones, extrapolated to an hour; comments at ${windows.join(", ")}`,
    `${evening.written} comments written, ${evening.overtaken} overtaken by newer ones before a digest${evening.failures.length > 0 ? `, some refused: ${evening.failures.join("; ")}` : ""}`,
    `${joined.joins} joins answered within ${joined.seconds.toFixed(1)} s, ${joined.failed} failed; an interval is ${joined.intervalMs / 1_000} s there`,
  ].join("\n");
}

function tell(line: string): void {
  console.log(line);
}
