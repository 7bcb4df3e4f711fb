import { availableParallelism, cpus, totalmem } from "node:os";
import { describe } from "../local/launchError.js";
import { withSurroundings } from "../local/testRunner/withSurroundings.js";

/** From LiveKit's benchmark: 10 speakers and 3,000 listeners used 80 % of 16 cores. */
const PUBLISHED = { speakers: 10, listeners: 3_000, cores: 0.8 * 16 };

/**
 * Adds shows and listeners, then listeners with real sound, until the machine reaches a limit. Prints the limit, and
 * whether anything was lost. The phones run on the same machine as the servers, so the numbers compare versions
 * of this repository, and say nothing about production.
 */
await withSurroundings("suite", { name: "bench", extras: ["livekit"] }, async (directory) => {
  const { crowdScene } = await import("../functions/test/support/liveCrowd.js");
  const { runningSuite } = await import("../test/support/suite.js");
  const { loadShows } = await import("./load/shows.js");
  const { loadSound } = await import("./load/sound.js");
  const endpoints = await runningSuite();
  const [processor] = cpus();
  console.log(
    `${availableParallelism()} cores (${processor?.model ?? "unknown"}), ${Math.round(totalmem() / 2 ** 30)} GiB`,
  );

  console.log("shows × listeners, one comment per second and show");
  const shows = await loadShows({
    scene: crowdScene,
    endpoints,
    onLevel({ failures: [first], ...level }) {
      console.log(JSON.stringify(level), first ?? "");
    },
  });
  console.table(shows.map(({ failures, ...level }) => ({ ...level, failed: failures[0] ?? "" })));

  console.log("one speaker, listeners with real sound");
  const sound = await loadSound(endpoints, directory.path, ({ failures: [first], ...level }) => {
    console.log(JSON.stringify(level), first ?? "");
  });
  console.table(
    sound.map(({ listeners, heardP5, livekitCores, failures }) => ({
      listeners,
      heardP5: heardP5.toFixed(3),
      livekitCores: livekitCores?.toFixed(2),
      msPerListenerSecond: livekitCores && ((livekitCores * 1_000) / listeners).toFixed(2),
      failed: failures[0] ?? "",
    })),
  );
  const published = (PUBLISHED.cores * 1_000) / (PUBLISHED.listeners * PUBLISHED.speakers);
  console.log(
    `LiveKit's own benchmark: ${published.toFixed(2)} ms of processor time per second, listener and speaker`,
  );

  const lost = shows.reduce((sum, each) => sum + each.lost, 0);
  const [lastShows, lastSound] = [shows.at(-1), sound.at(-1)];
  console.log(
    `${lastShows?.shows} shows × ${lastShows?.listeners} listeners: ${lastShows?.failures[0]}`,
  );
  console.log(`${lastSound?.listeners} listeners with sound: ${lastSound?.failures[0]}`);
  console.log(`${shows.reduce((sum, each) => sum + each.written, 0)} comments, ${lost} lost`);
  process.exitCode = lost === 0 ? 0 : 1;
}).catch((error: unknown) => {
  console.error(describe(error));
  process.exitCode = 1;
});
process.exit();
