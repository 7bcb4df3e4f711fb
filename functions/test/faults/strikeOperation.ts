import { isDeepStrictEqual } from "node:util";
import { callOperation } from "./callOperation.js";
import type { Strike, Trace } from "./faults.js";
import { heal, MINUTE_MS } from "./heal.js";
import type { RunResult } from "./judge.js";
import type { Operation } from "./operation.js";
import { openScene, type Scene } from "./scene.js";
import { differencesOf, stateOf, type State } from "./sceneState.js";
import { settle } from "./settle.js";
import type { Signal } from "./signals.js";
import { untouched } from "./switchboard.js";
import type { World } from "./world.js";

/** The states before and after an operation without faults, and what it does in between. */
export interface Reference {
  readonly before: State;
  readonly after: State;
  readonly trace: Trace;
}

export async function withoutFaults(world: World, operation: Operation): Promise<Reference> {
  const before = await stateOf(await open(world, operation), operation);
  const scene = await open(world, operation);
  const { outcome, error } = await callOperation(scene, operation);
  if (outcome !== "ok") {
    throw new Error(`${operation.name} fails without a fault: ${outcome}`, { cause: error });
  }
  const of = (kind: Signal["kind"]) => world.signals.filter((each) => each.kind === kind).length;
  const counts = { triggers: of("trigger"), webhooks: of("webhook") };
  const tasks = await settle(world);
  const trace: Trace = { steps: [...world.board.steps], ...counts, tasks };
  const after = await stateOf(scene, operation);
  if (after.violations.length > 0) {
    throw new Error(`${operation.name} without a fault: ${after.violations.join("; ")}`);
  }
  if (isDeepStrictEqual(before.digest, after.digest)) {
    throw new Error(`${operation.name} changes nothing that the matrix sees`);
  }
  return { before, after, trace };
}

async function open(world: World, operation: Operation): Promise<Scene> {
  await world.clear();
  const scene = await openScene(world, { isLive: operation.before !== "draft" });
  await operation.prepare?.(scene);
  await settle(world);
  for (const list of [world.board.steps, world.signals, world.tasks]) list.length = 0;
  return scene;
}

/** Performs an operation under a fault, lets it heal, and calls again if the caller was not answered "ok". */
export async function strikeOperation(
  world: World,
  operation: Operation,
  strike: Strike,
  { before, after }: Reference,
): Promise<RunResult> {
  const scene = await open(world, operation);
  const { board, pushes } = world;
  board.treat = strike.treat ?? untouched;
  const undo = await strike.begin?.(world);
  const { outcome, retryAfterMs } = await callOperation(scene, operation, strike.clockOffsetMs);
  await settle(world, strike);
  board.treat = untouched;
  await undo?.();
  const isDone = ({ digest }: State) => isDeepStrictEqual(digest, after.digest);
  const isUndone = ({ digest }: State) => isDeepStrictEqual(digest, before.digest);
  const healed = await heal(scene, operation, (state) =>
    outcome === "ok" ? isDone(state) : isDone(state) || isUndone(state),
  );
  const healings = [healed];
  if (outcome !== "ok") {
    // The app repeats the call, as its person would after a while.
    world.clock.advance(Math.max(MINUTE_MS, retryAfterMs));
    await callOperation(scene, operation);
    healings.push(await heal(scene, operation, isDone));
  }
  const wrong = healings
    .filter(({ minutes }) => minutes === null)
    .map(({ state }) => differencesOf(state, after));
  const minutesToHeal =
    wrong.length > 0 ? null : Math.max(...healings.map(({ minutes }) => minutes ?? 0));
  const isNotifiedTwice = strike.losesAnswers !== true && new Set(pushes).size < pushes.length;
  return { outcome, minutesToHeal, wrong, isNotifiedTwice };
}
