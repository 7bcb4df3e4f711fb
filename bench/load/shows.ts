import { setTimeout as sleep } from "node:timers/promises";
import { audienceIntervalMs } from "../../functions/src/contract/feedIntervals.js";
import type { crowdScene } from "../../functions/test/support/liveCrowd.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { percentile } from "../samples.js";
import { Crowd } from "../scale/crowd.js";
import { orders } from "../scale/orders.js";

const COMMENTS_PER_SECOND = 1;
const WINDOW_SECONDS = 20;
/** The limit is reached when a comment takes longer than this for one phone in twenty. */
const SLOWEST_LAG_MS = 10_000;
/** The time for the last comments and the count to arrive, once nobody writes any more. */
const SETTLE_MS = 60_000;
const POLL_MS = 500;

/** The measurements of one level. */
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
  /** What failed at this level, in words. */
  readonly failures: readonly string[];
}

interface Surroundings {
  readonly scene: typeof crowdScene;
  readonly endpoints: Endpoints;
  readonly onLevel: (level: ShowsLevel) => void;
}

/** Doubles the shows, then the listeners of each, in turns. */
function* levels(): Generator<readonly [shows: number, listeners: number]> {
  let [shows, listeners] = [1, 10];
  for (;;) {
    yield [shows, listeners];
    if (listeners < shows * 10) listeners *= 2;
    else shows *= 2;
  }
}

/** Doubles the phones until a limit is reached. The phones of a level leave before the next level begins. */
export async function loadShows({ onLevel, ...rest }: Surroundings): Promise<ShowsLevel[]> {
  const measured: ShowsLevel[] = [];
  for (const [shows, listeners] of levels()) {
    const level = await measure(rest, shows, listeners);
    measured.push(level);
    onLevel(level);
    if (level.failures.length > 0) break;
  }
  return measured;
}

async function measure(
  { scene, endpoints }: Pick<Surroundings, "scene" | "endpoints">,
  shows: number,
  listeners: number,
): Promise<ShowsLevel> {
  const groups = await Promise.all(
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
      groups.map(({ crowd, showId }) => crowd.join(endpoints, showId)),
    );
    const joinSeconds = Math.round((performance.now() - startedAt) / 1_000);
    const problems = joined.flatMap((each) =>
      each.status === "rejected" ? [`a phone could not join: ${String(each.reason)}`] : [],
    );
    if (problems.length > 0)
      return { ...nothing(shows, listeners, joinSeconds), failures: problems };
    await Promise.all(groups.map(({ showId, crowd }) => scene.connect(showId, crowd.uids)));
    const outcomes = await Promise.all(
      groups.map(async ({ crowd }) => {
        const [outcome] = await crowd.order(orders.write, {
          phase: "load",
          perSecond: COMMENTS_PER_SECOND,
          seconds: WINDOW_SECONDS,
        });
        return outcome ?? { ids: [], failures: [] };
      }),
    );
    const settled = await Promise.all(
      groups.map(({ showId, crowd }, place) =>
        settle(scene, showId, crowd, outcomes[place]?.ids ?? []),
      ),
    );
    const lags = (
      await Promise.all(groups.map(({ crowd }) => crowd.order(orders.lags, { phase: "load" })))
    ).flat(2);
    const refused = outcomes.flatMap((outcome) => outcome.failures);
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
      failures: [
        ...new Set(refused.map((reason) => `a comment was refused: ${reason.split("\n")[0]}`)),
        ...(lagP95Ms > SLOWEST_LAG_MS ? [`a comment took ${lagP95Ms} ms (p95)`] : []),
        ...(lost > 0 ? [`${lost} comments were lost`] : []),
        ...(miscounted > 0 ? [`the audience of ${miscounted} shows was miscounted`] : []),
      ],
    };
  } finally {
    await Promise.allSettled(groups.map(({ crowd }) => crowd.order(orders.leave, null)));
    for (const { crowd } of groups) crowd.stop();
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
    await sleep(POLL_MS);
  }
}
