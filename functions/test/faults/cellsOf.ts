import { faults, titleOf, type Fault } from "./faults.js";
import { judge, type Cell, type RunResult } from "./judge.js";
import type { Operation } from "./operation.js";
import { strikeOperation, withoutFaults } from "./strikeOperation.js";
import type { World } from "./world.js";

/** All cells of an operation. Faults that cannot strike it have none. */
export async function cellsOf(
  world: World,
  operation: Operation,
  chosen: readonly Fault[] = faults,
): Promise<readonly Cell[]> {
  const reference = await withoutFaults(world, operation);
  const cells: Cell[] = [];
  for (const fault of chosen) {
    const strikes = fault.strikes(reference.trace);
    const isLossy = operation.losses?.some((loss) => loss.fault === titleOf(fault)) === true;
    if (strikes.length === 0 && !isLossy) continue;
    const results: RunResult[] = [];
    for (const strike of strikes) {
      results.push(await strikeOperation(world, operation, strike, reference));
    }
    cells.push(judge(operation, fault, results));
  }
  return cells;
}
