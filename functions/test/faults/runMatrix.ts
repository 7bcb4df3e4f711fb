import { startOwnSpotify } from "../support/ownSpotify.js";
import { startOwnStripe } from "../support/ownStripe.js";
import { cellsOf } from "./cellsOf.js";
import type { Cell } from "./judge.js";
import type { Operation } from "./operation.js";
import { operations } from "./operations.js";
import { openWorld } from "./world.js";

/** Worlds side by side: they mostly wait for the emulator. */
const JOBS = 6;

interface MatrixRun {
  readonly cells: readonly Cell[];
  /** The deployed functions that have run for a signal or a task. */
  readonly ran: ReadonlySet<string>;
}

/** The cells of the operations whose names contain one of these parts, in the operations' order. */
export async function runMatrix(only: readonly string[] = [""]): Promise<MatrixRun> {
  const chosen = operations.filter(({ name }) => only.some((part) => name.includes(part)));
  const found = new Map<Operation, readonly Cell[]>();
  const ran = new Set<string>();
  // The last ones have the most steps.
  const queue = chosen.toReversed().values();
  const work = async () => {
    const [spotify, stripe] = await Promise.all([startOwnSpotify(), startOwnStripe()]);
    const world = openWorld({ spotify, stripe });
    try {
      for (const operation of queue) {
        const cells = await cellsOf(world, operation);
        found.set(operation, cells);
        print(operation, cells);
      }
      for (const name of world.ran) ran.add(name);
    } finally {
      await Promise.all([world.close(), spotify.close(), stripe.close()]);
    }
  };
  await Promise.all(Array.from({ length: Math.min(JOBS, chosen.length) }, work));
  return { cells: chosen.flatMap((operation) => found.get(operation) ?? []), ran };
}

function print({ name }: Operation, cells: readonly Cell[]): void {
  console.log(name);
  for (const { fault, runs, outcomes, minutesToHeal, broken } of cells) {
    const after = minutesToHeal === null ? "never" : `${minutesToHeal} min`;
    console.log(`  ${fault.family} ${fault.name} (${runs}): ${outcomes.join(", ")}; ${after}`);
    for (const line of broken) console.log(`    BROKEN ${line}`);
  }
}
