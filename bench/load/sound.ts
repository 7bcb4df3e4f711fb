import { joinShow } from "../../functions/src/contract/audience.js";
import { startShow } from "../../functions/src/contract/shows.js";
import { appOf, showIn, somebody } from "../../functions/test/support/backstage.js";
import { crowdScene } from "../../functions/test/support/liveCrowd.js";
import { connectAudio } from "../../local/audioClient/audioClient.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { WorkerProcess } from "../orders/workerProcess.js";
import { percentile } from "../samples.js";
import { callAs } from "../scale/callAs.js";
import { cpuSecondsOf } from "./cpu.js";
import { soundOrders } from "./soundOrders.js";

const LEVELS = [10, 20, 40, 80, 120, 160, 240, 320, 480];
const LISTENERS_PER_PROCESS = 20;
const WINDOW_SECONDS = 20;
/** The speaker never pauses. The machine gives when one listener in twenty misses more than this share. */
const LEAST_HEARD = 0.9;

const script = new URL("./soundProcess.ts", import.meta.url);

/** What one number of listeners to one speaker was measured to be. */
export interface SoundLevel {
  readonly listeners: number;
  /** The share of the time in which sound arrived at the worst listener in twenty. */
  readonly heardP5: number;
  /** LiveKit's own use of the processor, in cores; undefined where it cannot be read. */
  readonly livekitCores: number | undefined;
  readonly gave: readonly string[];
}

/** Adds listeners with real sound to one show until something gives. */
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
    for (const listeners of LEVELS) {
      const gave = await connect(listeners - connected).then(
        () => [],
        (error: unknown) => [`a listener could not connect: ${String(error)}`],
      );
      connected = listeners;
      const before = await cpuSecondsOf(runDirectory, "livekit.yaml");
      const heard = await Promise.all(
        processes.map((each) =>
          each.order(soundOrders.hear, { uid: ada.uid, seconds: WINDOW_SECONDS }),
        ),
      );
      const after = await cpuSecondsOf(runDirectory, "livekit.yaml");
      const heardP5 = percentile(heard.flat(), 0.05);
      const level = {
        listeners,
        heardP5,
        livekitCores:
          before === undefined || after === undefined
            ? undefined
            : (after - before) / WINDOW_SECONDS,
        gave: [
          ...gave,
          ...(heardP5 < LEAST_HEARD
            ? [`the worst listener in twenty heard ${Math.round(heardP5 * 100)} % of the time`]
            : []),
        ],
      };
      levels.push(level);
      onLevel(level);
      if (level.gave.length > 0) break;
    }
  } finally {
    for (const each of processes) each.stop();
    await voice.disconnect();
    await creator.close();
  }
  return levels;

  async function connect(count: number): Promise<void> {
    const people = await crowdScene.people(count);
    const rooms = await Promise.all(
      people.map(async ({ uid }) => (await callAs(endpoints, uid, joinShow, { showId })).audio),
    );
    const groups = Math.ceil(rooms.length / LISTENERS_PER_PROCESS);
    for (let group = 0; group < groups; group += 1) {
      const worker = new WorkerProcess(script);
      processes.push(worker);
      const first = group * LISTENERS_PER_PROCESS;
      await worker.order(soundOrders.connect, {
        rooms: rooms.slice(first, first + LISTENERS_PER_PROCESS),
      });
    }
  }
}
