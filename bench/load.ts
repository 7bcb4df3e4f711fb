import { availableParallelism, cpus, totalmem } from "node:os";
import { describe } from "../local/launchError.js";
import { interruption } from "../local/process/interruption.js";
import { claimAnyRunDirectory } from "../local/suite/runDirectory.js";
import { surround } from "../local/testRunner/surroundings.js";

/** From LiveKit's benchmark: 10 speakers and 3,000 listeners used 80 % of 16 cores. */
const PUBLISHED = { speakers: 10, listeners: 3_000, cores: 0.8 * 16 };

/**
 * Adds shows and listeners, then listeners with real sound, until something gives: what gave, at which number, and
 * whether anything was lost. The phones run on the same machine as the servers, so the numbers compare versions
 * of this repository, and say nothing about production.
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
    onLevel({ gave: [first], ...level }) {
      console.log(JSON.stringify(level), first ?? "");
    },
  });
  console.table(shows.map(({ gave, ...level }) => ({ ...level, gave: gave[0] ?? "" })));

  console.log("one speaker, listeners with real sound");
  const sound = await loadSound(endpoints, directory.path, ({ gave: [first], ...level }) => {
    console.log(JSON.stringify(level), first ?? "");
  });
  console.table(
    sound.map(({ listeners, heardP5, livekitCores, gave }) => ({
      listeners,
      heardP5: heardP5.toFixed(3),
      livekitCores: livekitCores?.toFixed(2),
      msPerListenerSecond: livekitCores && ((livekitCores * 1_000) / listeners).toFixed(2),
      gave: gave[0] ?? "",
    })),
  );
  const published = (PUBLISHED.cores * 1_000) / (PUBLISHED.listeners * PUBLISHED.speakers);
  console.log(
    `LiveKit's own benchmark: ${published.toFixed(2)} ms of processor time per second, listener and speaker`,
  );

  const lost = shows.reduce((sum, each) => sum + each.lost, 0);
  const [lastShows, lastSound] = [shows.at(-1), sound.at(-1)];
  console.log(
    `${lastShows?.shows} shows × ${lastShows?.listeners} listeners: ${lastShows?.gave[0] ?? "nothing gave"}`,
  );
  console.log(
    `${lastSound?.listeners} listeners with sound: ${lastSound?.gave[0] ?? "nothing gave"}`,
  );
  console.log(`${shows.reduce((sum, each) => sum + each.written, 0)} comments, ${lost} lost`);
  process.exitCode = lost === 0 ? 0 : 1;
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
} finally {
  await surroundings.stop();
  await directory.release();
}
process.exit();
