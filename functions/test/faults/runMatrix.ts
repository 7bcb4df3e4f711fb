import { startOwnSpotify } from "../support/ownSpotify.js";
import { startOwnStripe } from "../support/ownStripe.js";
import { cellsOf, type Cell } from "./matrix.js";
import { operations } from "./operations.js";
import { openWorld } from "./world.js";

export async function runMatrix(only: string): Promise<number> {
  const servers = { spotify: await startOwnSpotify(), stripe: await startOwnStripe() };
  const world = openWorld(servers);
  const cells: Cell[] = [];
  try {
    for (const operation of operations.filter(({ name }) => name.includes(only))) {
      const started = performance.now();
      const found = await cellsOf(world, operation);
      cells.push(...found);
      const seconds = ((performance.now() - started) / 1_000).toFixed(1);
      const strikes = found.reduce((total, cell) => total + cell.strikes, 0);
      console.log(`${operation.name}: ${found.length} cells, ${strikes} strikes, ${seconds} s`);
      for (const cell of found) {
        const after = cell.minutesToHeal === null ? "never" : `${cell.minutesToHeal} min`;
        console.log(`  ${cell.fault}: ${cell.outcomes.join(", ")}; ${after}`);
        for (const line of cell.broken) console.log(`    BROKEN ${line}`);
      }
    }
  } finally {
    await world.close();
    await Promise.all([servers.spotify.close(), servers.stripe.close()]);
  }
  const broken = cells.filter((cell) => cell.broken.length > 0).length;
  console.log(`${cells.length} cells, ${broken} broken`);
  return broken;
}
