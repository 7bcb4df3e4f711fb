import { setTimeout as sleep } from "node:timers/promises";
import { audienceIntervalMs } from "../../functions/src/contract/feedIntervals.js";
import type { crowdScene } from "../../functions/test/support/liveCrowd.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { percentile } from "../samples.js";
import { Crowd } from "../scale/crowd.js";
import { orders } from "../scale/orders.js";

/** Shows × listeners of each, about twice as many phones each time. */
const LEVELS = [
  [1, 10],
  [2, 10],
  [4, 10],
  [4, 20],
  [8, 20],
  [8, 40],
  [16, 40],
  [16, 80],
] as const;
const COMMENTS_PER_SECOND = 1;
const WINDOW_SECONDS = 20;
/** The machine gives when a comment takes longer than this for one phone in twenty. */
const SLOWEST_LAG_MS = 10_000;
/** The time for the last comments and the count to arrive, once nobody writes any more. */
const SETTLE_MS = 60_000;
const LOOK_MS = 500;

/** What one level was measured to be. */
export interface ShowsLevel {
  readonly shows: number;
  readonly listeners: number;
  /** From the first phone's sign-in until every phone of every show is in. */
  readonly joinSeconds: number;
  readonly written: number;
  readonly refused: number;
  readonly lagP95Ms: number;
  /** Written comments that a phone still did not show after everything was at rest. */
  readonly lost: number;
  /** Shows whose count was wrong after everything was at rest. */
  readonly miscounted: number;
  /** What gave at this level, in words. */
  readonly gave: readonly string[];
}

interface Surroundings {
  readonly scene: typeof crowdScene;
  readonly endpoints: Endpoints;
  readonly onLevel: (level: ShowsLevel) => void;
}

/** Doubles the phones until something gives. The shows of a level end before the next level begins. */
export async function loadShows({ onLevel, ...rest }: Surroundings): Promise<ShowsLevel[]> {
  const levels: ShowsLevel[] = [];
  for (const [shows, listeners] of LEVELS) {
    const level = await measure(rest, shows, listeners);
    levels.push(level);
    onLevel(level);
    if (level.gave.length > 0) break;
  }
  return levels;
}

async function measure(
  { scene, endpoints }: Pick<Surroundings, "scene" | "endpoints">,
  shows: number,
  listeners: number,
): Promise<ShowsLevel> {
  const rooms = await Promise.all(
    Array.from({ length: shows }, async () => {
      const people = await scene.people(listeners);
      const guests = await Promise.all(
        people.map(async (person) => ({
          uid: person.uid,
          token: await scene.customToken(person),
        })),
      );
      return { showId: await scene.liveShow(), crowd: new Crowd("ambient", guests, 1) };
    }),
  );
  try {
    const startedAt = performance.now();
    const joined = await Promise.allSettled(
      rooms.map(({ crowd, showId }) => crowd.join(endpoints, showId)),
    );
    const joinSeconds = Math.round((performance.now() - startedAt) / 1_000);
    const problems = joined.flatMap((each) =>
      each.status === "rejected" ? [`a phone could not join: ${String(each.reason)}`] : [],
    );
    if (problems.length > 0) return { ...nothing(shows, listeners, joinSeconds), gave: problems };
    await Promise.all(rooms.map(({ showId, crowd }) => scene.connect(showId, crowd.uids)));
    const outcomes = await Promise.all(
      rooms.map(async ({ crowd }) => {
        const [outcome] = await crowd.order(orders.write, {
          phase: "load",
          perSecond: COMMENTS_PER_SECOND,
          seconds: WINDOW_SECONDS,
        });
        return outcome ?? { ids: [], failures: [] };
      }),
    );
    const settled = await Promise.all(
      rooms.map(({ showId, crowd }, place) =>
        settle(scene, showId, crowd, outcomes[place]?.ids ?? []),
      ),
    );
    const lags = (
      await Promise.all(rooms.map(({ crowd }) => crowd.order(orders.lags, { phase: "load" })))
    ).flat(2);
    const refused = outcomes.flatMap(({ failures }) => failures);
    const lagP95Ms = Math.round(percentile(lags, 0.95));
    const lost = settled.reduce((sum, each) => sum + each.lost, 0);
    const miscounted = settled.filter(({ isCounted }) => !isCounted).length;
    return {
      shows,
      listeners,
      joinSeconds,
      written: outcomes.flatMap(({ ids }) => ids).length,
      refused: refused.length,
      lagP95Ms,
      lost,
      miscounted,
      gave: [
        ...new Set(refused.map((reason) => `a comment was refused: ${reason}`)),
        ...(lagP95Ms > SLOWEST_LAG_MS ? [`a comment took ${lagP95Ms} ms (p95)`] : []),
        ...(lost > 0 ? [`${lost} comments were lost`] : []),
        ...(miscounted > 0 ? [`the audience of ${miscounted} shows was miscounted`] : []),
      ],
    };
  } finally {
    await Promise.allSettled(rooms.map(({ crowd }) => crowd.order(orders.leave, null)));
    for (const { crowd } of rooms) crowd.stop();
  }
}

function nothing(shows: number, listeners: number, joinSeconds: number) {
  return {
    shows,
    listeners,
    joinSeconds,
    written: 0,
    refused: 0,
    lagP95Ms: NaN,
    lost: 0,
    miscounted: 0,
  };
}

/** Waits until every phone shows what was written and the count is right, or for `SETTLE_MS`. */
async function settle(
  scene: typeof crowdScene,
  showId: string,
  crowd: Crowd,
  written: readonly string[],
): Promise<{ readonly lost: number; readonly isCounted: boolean }> {
  const deadline = performance.now() + SETTLE_MS + audienceIntervalMs(crowd.size);
  for (;;) {
    const reports = await crowd.order(orders.report, { written: [...written] });
    const lost = reports.flatMap(({ missed }) => missed.flat()).length;
    const isCounted = (await scene.listeners(showId)) === crowd.size;
    if ((lost === 0 && isCounted) || performance.now() > deadline) return { lost, isCounted };
    await sleep(LOOK_MS);
  }
}
