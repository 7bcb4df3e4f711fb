import { Refusal } from "../errors.js";
import type { ShowStatus } from "../contract/shows.js";

/** What the server does to a show. Moves between draft and scheduled are the creator's own writes. */
export type LifecycleStep = "start" | "end" | "cancel";

const STEPS = {
  start: { from: ["draft", "scheduled"], to: "live", refusal: "SHOW_NOT_STARTABLE" },
  end: { from: ["live"], to: "ended", refusal: "SHOW_NOT_LIVE" },
  cancel: { from: ["draft", "scheduled"], to: "cancelled", refusal: "SHOW_NOT_CANCELLABLE" },
} as const satisfies Record<
  LifecycleStep,
  { from: readonly ShowStatus[]; to: ShowStatus; refusal: string }
>;

/**
 * "take" if the step is possible from `status`, "done" if it was taken before (the retry of a lost answer), otherwise
 * null.
 */
export function stepFrom(step: LifecycleStep, status: ShowStatus): "take" | "done" | null {
  const { from, to } = STEPS[step];
  if (status === to) return "done";
  return from.some((allowed) => allowed === status) ? "take" : null;
}

/**
 * The same, but refuses an impossible step: SHOW_NOT_STARTABLE, SHOW_NOT_LIVE or
 * SHOW_NOT_CANCELLABLE.
 */
export function lifecycleStep(step: LifecycleStep, status: ShowStatus): "take" | "done" {
  const next = stepFrom(step, status);
  if (next === null) throw new Refusal(STEPS[step].refusal, { status });
  return next;
}
