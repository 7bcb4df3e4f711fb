/** A value that a bench measures, and the goal for it. */
export interface Goal {
  readonly what: string;
  readonly measured: number | string;
  /** The same value for a naive design. */
  readonly naive?: number | string;
  readonly goal: string;
  readonly reached: boolean;
}

export function atMost(what: string, measured: number, limit: number, naive?: number): Goal {
  return {
    what,
    measured,
    ...(naive !== undefined && { naive }),
    goal: `≤ ${limit.toLocaleString("en-US")}`,
    reached: measured <= limit,
  };
}

/** Says which goals are missed, if any. The bench then ends with the exit code 1. */
export function areReached(goals: readonly Goal[], tell: (line: string) => void): boolean {
  const missed = goals.filter(({ reached }) => !reached);
  for (const { what, measured, goal } of missed) tell(`missed: ${what}: ${measured}, ${goal}`);
  if (missed.length > 0) process.exitCode = 1;
  return missed.length === 0;
}
