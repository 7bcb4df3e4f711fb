import { Refusal } from "../../src/errors.js";
import type { Operation } from "./operation.js";
import type { Scene } from "./scene.js";

interface CallResult {
  /** What the caller got: "ok", a reason, or "no answer". */
  readonly outcome: string;
  /** How long the refusal asks to wait. */
  readonly retryAfterMs: number;
  /** What was thrown, if that is not a refusal. */
  readonly error?: unknown;
}

/** Performs the operation, and what the person's phone and other services do next. */
export async function callOperation(
  scene: Scene,
  operation: Operation,
  clockOffsetMs = 0,
): Promise<CallResult> {
  const { answer, ...result } = await call(scene, operation, clockOffsetMs);
  if (result.outcome === "ok") await operation.then?.(scene, answer);
  await operation.meanwhile?.(scene);
  return result;
}

async function call(
  scene: Scene,
  operation: Operation,
  clockOffsetMs: number,
): Promise<CallResult & { readonly answer?: unknown }> {
  const { board, deps } = scene.world;
  const fate = { isDead: false };
  const { treat } = board;
  board.treat = (step, send) =>
    treat(
      {
        ...step,
        die() {
          fate.isDead = true;
          return step.die();
        },
      },
      send,
    );
  try {
    const answer = await board.run(() => operation.perform(scene, deps), clockOffsetMs);
    return { outcome: fate.isDead ? "no answer" : "ok", answer, retryAfterMs: 0 };
  } catch (error) {
    if (fate.isDead) return { outcome: "no answer", retryAfterMs: 0 };
    if (!(error instanceof Refusal)) return { outcome: "INTERNAL", retryAfterMs: 0, error };
    const { retryAfterSeconds = 0 } = error.details;
    return { outcome: error.reason, retryAfterMs: retryAfterSeconds * 1_000 };
  } finally {
    board.treat = treat;
  }
}
