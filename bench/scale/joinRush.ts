import { setTimeout as sleep } from "node:timers/promises";
import { joinShow } from "../../functions/src/contract/audience.js";
import { audienceIntervalMs } from "../../functions/src/contract/feedIntervals.js";
import type { crowdScene } from "../../functions/test/support/liveCrowd.js";
import { call } from "../../local/clientApp/call.js";
import { unsignedToken } from "../../local/clientApp/unsignedToken.js";
import type { Endpoints } from "../../local/suite/endpoints.js";

export const RUSH_SECONDS = 10;
const LOOK_MS = 250;
/** The emulators' delay in delivering the task, in addition to the interval. */
const TASK_MS = 3_000;

export interface Rush {
  readonly joins: number;
  readonly failed: number;
  /** The time until the last call was answered. */
  readonly seconds: number;
  /** The feed's count one interval after that. */
  readonly counted: number | undefined;
  /** The time from the last answer until the count was correct; undefined if it never was. */
  readonly rightAfterMs: number | undefined;
  readonly intervalMs: number;
}

/**
 * Makes many people join a separate show within ten seconds with real calls, and checks their
 * count.
 */
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
    await call(endpoints, joinShow, { showId }, unsignedToken(endpoints.projectId, uid));
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
