import { joinShow } from "../../functions/src/contract/audience.js";
import { startShow } from "../../functions/src/contract/shows.js";
import { appOf, showIn, somebody } from "../../functions/test/support/backstage.js";
import { crowdScene } from "../../functions/test/support/liveCrowd.js";
import { connectAudio } from "../../local/audioClient/audioClient.js";
import { call } from "../../local/clientApp/call.js";
import { unsignedToken } from "../../local/clientApp/unsignedToken.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { WorkerProcess } from "../../local/process/orders/workerProcess.js";
import { percentile } from "../samples.js";
import { livekitCpuSeconds } from "./cpu.js";
import { soundOrders } from "./soundOrders.js";

const FIRST_LEVEL = 10;
const LISTENERS_PER_PROCESS = 20;
const WINDOW_SECONDS = 20;
/** The speaker never pauses. The limit is reached when one listener in twenty hears less than this share. */
const LEAST_HEARD = 0.9;

const script = new URL("./soundProcess.ts", import.meta.url);

/** The measurements of one number of listeners. */
export interface SoundLevel {
  readonly listeners: number;
  /** The share of the time in which sound arrived at the worst listener in twenty. */
  readonly heardP5: number;
  /** LiveKit's own use of the processor, in cores; undefined where it cannot be read. */
  readonly livekitCores: number | undefined;
  readonly failures: readonly string[];
}

/** Doubles the listeners with real sound of one show until a limit is reached. */
export async function loadSound(
  endpoints: Endpoints,
  runDirectory: string,
  onLevel: (level: SoundLevel) => void,
): Promise<SoundLevel[]> {
  const ada = await somebody("Ada");
  const creator = await appOf(ada);
  const showId = await showIn("draft", ada);
  const voice = await connectAudio((await creator.call(startShow, { showId })).audio);
  await voice.speak();
  const processes: WorkerProcess[] = [];
  const levels: SoundLevel[] = [];
  let connected = 0;
  try {
    for (let listeners = FIRST_LEVEL; ; listeners *= 2) {
      const failures = await connect(listeners - connected).then(
        () => [],
        // LiveKit's message may end with the token.
        (error: unknown) => [`a listener could not connect: ${String(error).split(" - ")[0]}`],
      );
      connected = listeners;
      const before = await livekitCpuSeconds(runDirectory);
      const heard = await Promise.all(
        processes.map((each) =>
          each.order(soundOrders.hear, { uid: ada.uid, seconds: WINDOW_SECONDS }),
        ),
      );
      const after = await livekitCpuSeconds(runDirectory);
      const heardP5 = percentile(heard.flat(), 0.05);
      const level = {
        listeners,
        heardP5,
        livekitCores:
          before === undefined || after === undefined
            ? undefined
            : (after - before) / WINDOW_SECONDS,
        failures: [
          ...failures,
          ...(heardP5 < LEAST_HEARD
            ? [`the worst listener in twenty heard ${Math.round(heardP5 * 100)} % of the time`]
            : []),
        ],
      };
      levels.push(level);
      onLevel(level);
      if (level.failures.length > 0) break;
    }
  } finally {
    for (const each of processes) each.stop();
    await voice.disconnect();
    await creator.close();
  }
  return levels;

  async function connect(count: number): Promise<void> {
    const people = await crowdScene.people(count);
    for (let first = 0; first < people.length; first += LISTENERS_PER_PROCESS) {
      const group = people.slice(first, first + LISTENERS_PER_PROCESS);
      // Just before they connect, because a token opens a connection for two minutes only.
      const rooms = await Promise.all(
        group.map(async ({ uid }) => {
          const token = unsignedToken(endpoints.projectId, uid);
          return (await call(endpoints, joinShow, { showId }, token)).audio;
        }),
      );
      const worker = new WorkerProcess(script);
      processes.push(worker);
      await worker.order(soundOrders.connect, { rooms });
    }
  }
}
