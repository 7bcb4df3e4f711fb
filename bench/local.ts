import { setTimeout as sleep } from "node:timers/promises";
import type { Ambient } from "../client/src/ambient.js";
import { phoneOf, type Phone } from "../local/clientApp/ambient.js";
import { root } from "../local/files/paths.js";
import { startInBackground } from "../local/process/backgroundProcess.js";
import { interruption } from "../local/process/interruption.js";
import { memoryOf, type ProcessMemory } from "../local/process/memory.js";
import { descendantsOf } from "../local/process/processTree.js";
import { playlistIds } from "../local/spotify/catalogue/startingPlaylists.js";
import { type Endpoints, readEndpoints, startEndpointsFile } from "../local/suite/endpoints.js";
import { areReached, atMost } from "./goals.js";
import { pickFreePorts, portNames, portVariable } from "../local/suite/ports.js";

/** Time for the garbage collection after a start. */
const REST_MS = 15_000;
/** The goals. */
const IDLE_MB = 2_500;
const EVENING_MB = 3_000;
const SHOWS = 5;
const COMMENTS = 40;

/**
 * The cost of `npm start` for a machine: the seconds until it is ready, and its processes and their
 * memory, at rest and after an evening. Prints tables and the goals that are missed, and the same as JSON in the last line, in
 * MB. Exits with 1 if a goal is missed.
 */
const signal = interruption(() => undefined);
const ports = await pickFreePorts();
const started = performance.now();
const ready = Promise.withResolvers<number>();
let output = "";
const start = startInBackground(process.platform === "win32" ? "npm.cmd" : "npm", ["start"], {
  cwd: root,
  env: {
    ...process.env,
    ...Object.fromEntries(portNames.map((name) => [portVariable(name), `${ports[name]}`])),
  },
  signal,
  onOutput(text) {
    output += text;
    if (output.includes("Ambient is up.")) ready.resolve((performance.now() - started) / 1_000);
  },
});
void start.exited.then(() => {
  ready.reject(new Error(`npm start ended:\n${output}`));
});
try {
  const secondsToReady = await ready.promise;
  console.log(`ready after ${secondsToReady.toFixed(1)} s`);
  await sleep(REST_MS, undefined, { signal });
  const idle = await measure("at rest");
  await playEvening(await readEndpoints(startEndpointsFile));
  await sleep(REST_MS, undefined, { signal });
  const afterEvening = await measure("after an evening");
  areReached(
    [
      atMost("MB at rest", idle.megabytes, IDLE_MB),
      atMost("MB after an evening", afterEvening.megabytes, EVENING_MB),
    ],
    (line) => {
      console.log(line);
    },
  );
  console.log(JSON.stringify({ secondsToReady, idle, afterEvening }));
} finally {
  await start.stop();
}
process.exit();

async function measure(when: string): Promise<{ processes: number; megabytes: number }> {
  const entries = await descendantsOf(start.pid);
  const measured = await Promise.all([start.pid, ...entries.map(({ pid }) => pid)].map(memoryOf));
  const processes = measured.filter((memory) => memory !== undefined);
  const megabytes = inMegabytes(processes);
  console.log(`\n${when}: ${processes.length} processes, ${megabytes} MB`);
  console.table(
    processes
      .toSorted((a, b) => b.bytes - a.bytes)
      .map((memory) => ({ process: shorten(memory.command), megabytes: inMegabytes([memory]) })),
  );
  return { processes: processes.length, megabytes };
}

function inMegabytes(processes: readonly ProcessMemory[]): number {
  return Math.round(processes.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000_000);
}

/** The program and its script, without folders and other arguments. */
function shorten(command: string): string {
  return command
    .split(" ")
    .filter((word) => !word.startsWith("-"))
    .slice(0, 3)
    .map((word) => word.split(/[/\\]/).at(-1))
    .join(" ");
}

/** Plays one show after the other through real clients: talk, music, comments and a speaker. */
async function playEvening(endpoints: Endpoints): Promise<void> {
  const personas = ["creator-ben", "listener-dan", "listener-eve", "listener-fay", "listener-gus"];
  const phones = await Promise.all(personas.map((persona) => phoneOf(endpoints, persona)));
  try {
    const [creator, ...listeners] = phones.map(({ ambient }: Phone) => ambient);
    if (creator === undefined) throw new Error("nobody signed in");
    for (let number = 1; number <= SHOWS; number += 1) {
      await playShow(creator, listeners, `Evening ${number}`);
    }
  } finally {
    await Promise.all(phones.map((phone) => phone.close()));
  }
}

async function playShow(
  creator: Ambient,
  listeners: readonly Ambient[],
  title: string,
): Promise<void> {
  const showId = await creator.shows.create({ title });
  await creator.playlists.setPlaylist(showId, playlistIds.bensPublic);
  const hosted = await creator.start(showId);
  const joined = await Promise.all(listeners.map((listener) => listener.join(showId)));
  for (let round = 0; round < COMMENTS / joined.length; round += 1) {
    await Promise.all(joined.map(({ comments }) => comments.send(`Comment ${round}`)));
    // The rules allow each person one comment per second.
    await sleep(1_100, undefined, { signal });
  }
  await hosted.stage.setMode("music");
  await Promise.all(joined.map((listening) => listening.leave()));
  await hosted.end();
}
