import { setTimeout as sleep } from "node:timers/promises";
import { joinShow } from "../../functions/src/contract/audience.js";
import { audienceIntervalMs } from "../../functions/src/contract/feedIntervals.js";
import type { crowdScene } from "../../functions/test/support/liveCrowd.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { callAs } from "./callAs.js";

const RUSH_SECONDS = 10;
const LOOK_MS = 250;
/** Later than an interval by what the emulators take to deliver the task. */
const TASK_MS = 3_000;

export interface Rush {
  readonly joins: number;
  readonly failed: number;
  /** Until the last was answered. */
  readonly seconds: number;
  /** What the feed said one interval after that. */
  readonly counted: number | undefined;
  /** From the last answer until the count was right; undefined: it was not. */
  readonly rightAfterMs: number | undefined;
  readonly intervalMs: number;
}

/** Many join a show of their own within ten seconds, each by a real call, and are counted. */
export async function rush(
  scene: typeof crowdScene,
  endpoints: Endpoints,
  joins: number,
): Promise<Rush> {
  const showId = await scene.liveShow();
  const crowd = await scene.people(joins);
  const startedAt = performance.now();
  const calls = crowd.map(async ({ uid }, index) => {
    await sleep((index / joins) * RUSH_SECONDS * 1_000);
    await callAs(endpoints, uid, joinShow, { showId });
  });
  const failed = (await Promise.allSettled(calls)).filter(({ status }) => status === "rejected");
  const answeredAt = performance.now();
  const expected = joins - failed.length;
  const intervalMs = audienceIntervalMs(expected);
  const passed = () => performance.now() - answeredAt;
  let counted = await scene.listeners(showId);
  while (counted !== expected && passed() < intervalMs + TASK_MS) {
    await sleep(LOOK_MS);
    counted = await scene.listeners(showId);
  }
  return {
    joins,
    failed: failed.length,
    seconds: (answeredAt - startedAt) / 1_000,
    counted,
    rightAfterMs: counted === expected ? passed() : undefined,
    intervalMs,
  };
}
