import { startOwnSpotify } from "../support/ownSpotify.js";
import { startOwnStripe } from "../support/ownStripe.js";
import { cellsOf, type Cell } from "./matrix.js";
import { operations, type Operation } from "./operations.js";
import { openWorld } from "./world.js";

/** Worlds side by side: they mostly wait for the emulator. */
const JOBS = 6;

/** The cells of the operations whose names contain `only`, in the operations' order. */
export async function runMatrix(only = ""): Promise<readonly Cell[]> {
  const chosen = operations.filter(({ name }) => name.includes(only));
  const found = new Map<Operation, readonly Cell[]>();
  const stripe = await startOwnStripe();
  // The last ones have the most steps.
  const queue = chosen.toReversed().values();
  const work = async () => {
    const spotify = await startOwnSpotify();
    const world = openWorld({ spotify, stripe });
    try {
      for (const operation of queue) {
        const cells = await cellsOf(world, operation);
        found.set(operation, cells);
        print(operation, cells);
      }
    } finally {
      await Promise.all([world.close(), spotify.close()]);
    }
  };
  try {
    await Promise.all(Array.from({ length: JOBS }, work));
  } finally {
    await stripe.close();
  }
  return chosen.flatMap((operation) => found.get(operation) ?? []);
}

function print({ name }: Operation, cells: readonly Cell[]): void {
  console.log(name);
  for (const { fault, strikes, outcomes, minutesToHeal, broken } of cells) {
    const after = minutesToHeal === null ? "never" : `${minutesToHeal} min`;
    console.log(`  ${fault.family} ${fault.name} (${strikes}): ${outcomes.join(", ")}; ${after}`);
    for (const line of broken) console.log(`    BROKEN ${line}`);
  }
}
