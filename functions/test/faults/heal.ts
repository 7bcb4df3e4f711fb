import { checksFor, sweeps } from "./healers.js";
import type { Operation } from "./operation.js";
import type { Scene } from "./scene.js";
import { stateOf, type State } from "./sceneState.js";
import { settle, succeeds } from "./settle.js";
import type { World } from "./world.js";

export const MINUTE_MS = 60_000;

/** Null: the state was not right at the last check. */
export interface Healing {
  readonly minutes: number | null;
  readonly state: State;
}

/** Runs the healers until the invariants hold and the state `isRight`. */
export async function heal(
  scene: Scene,
  operation: Operation,
  isRight: (state: State) => boolean,
): Promise<Healing> {
  const { world } = scene;
  let passed = 0;
  let state: State = { violations: ["not looked at"], digest: undefined };
  for (const minutes of checksFor(operation.healers)) {
    if (minutes > passed) await letPass(world, passed, minutes);
    passed = minutes;
    await settle(world);
    state = await stateOf(scene, operation);
    if (state.violations.length === 0 && isRight(state)) return { minutes, state };
  }
  return { minutes: null, state };
}

/** Runs the sweeps of these minutes, each once at their end. */
async function letPass(world: World, from: number, to: number): Promise<void> {
  const { clock, board, deps } = world;
  clock.advance((to - from) * MINUTE_MS);
  for (const sweep of sweeps) {
    const isDue = Math.floor(to / sweep.everyMinutes) > Math.floor(from / sweep.everyMinutes);
    if (isDue) await succeeds(() => board.run(() => sweep.run(deps)));
  }
  await settle(world);
}
