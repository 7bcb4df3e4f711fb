import type { Strike } from "./faults.js";
import type { Signal } from "./signals.js";
import type { World } from "./world.js";

/** As the queues have it. */
const TASK_ATTEMPTS = 5;
const HOUR_MS = 3_600_000;

/** Delivers all signals and runs all tasks, and what follows from them. Resolves with the number of tasks. */
export async function settle(world: World, strike: Strike = {}): Promise<number> {
  const { signals, tasks, clock, board, deps } = world;
  const failed: Signal[] = [];
  const late: Signal[] = [];
  let ran = 0;
  const deliver = async (signal: Signal) => {
    world.ran.add(signal.runs);
    if (!(await succeeds(() => board.run(() => signal.deliver(deps))))) failed.push(signal);
  };
  for (;;) {
    const signal = signals.shift();
    if (signal) {
      const delivery = signal.kind === "trigger" ? strike.triggers : strike.webhooks;
      if (delivery === "an hour late") late.push(signal);
      else if (delivery !== "lost") await deliver(signal);
      if (delivery === "twice") await deliver(signal);
      continue;
    }
    tasks.sort((a, b) => a.dueAt - b.dueAt);
    const task = tasks.shift();
    if (task) {
      ran += 1;
      world.ran.add(task.runs);
      clock.advance(Math.max(0, task.dueAt - clock.now()));
      for (let attempt = 1; attempt <= TASK_ATTEMPTS; attempt += 1) {
        if (await succeeds(() => board.run(() => task.run(deps)))) break;
      }
      if (strike.tasks === "twice") await succeeds(() => board.run(() => task.run(deps)));
      continue;
    }
    if (late.length === 0) break;
    clock.advance(HOUR_MS);
    for (const each of late.splice(0).reverse()) await deliver(each);
  }
  // They come again until they succeed, which is once all services work.
  signals.push(...failed);
  return ran;
}

export async function succeeds(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch {
    return false;
  }
}
