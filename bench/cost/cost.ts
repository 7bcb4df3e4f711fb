import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe } from "../../local/launchError.js";
import { designNames, estimateOf, readKnowledge, type Estimate } from "./estimate.js";
import { orderOf, USAGE } from "./options.js";
import { scaleDocuments } from "./scaleDocument.js";
import type { Scenario } from "./scenario.js";
import { origins } from "./origins.js";
import {
  asText,
  countsTable,
  dollarsTable,
  perThousandListenerHours,
  ratesTable,
  TOO_LARGE,
} from "./tables.js";

/** Prints the cost of shows of the given sizes, for Ambient and for the naive design. */
try {
  const order = orderOf(process.argv.slice(2));
  switch (order.kind) {
    case "help":
      console.log(USAGE);
      break;
    case "write":
      for (const { file, fresh } of await scaleDocuments()) {
        await writeFile(file, fresh);
        console.log(`wrote ${fileURLToPath(file)}`);
      }
      break;
    case "shows":
      await tell(order.scenarios);
  }
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}

async function tell(scenarios: readonly Scenario[]): Promise<void> {
  const knowledge = await readKnowledge();
  const estimates: readonly Estimate[] = scenarios.flatMap((scenario) =>
    designNames.map((design) => estimateOf(scenario, design, knowledge)),
  );
  const [first] = scenarios;
  if (first && scenarios.length === 1) {
    console.log(
      `${first.listeners} listeners for ${first.minutes} min: ${perSecond(first.commentsPerSecond)} comments, ` +
        `${perSecond(first.reactionsPerSecond)} reactions and ${perSecond(first.joinsPerSecond)} joins per second, ` +
        `music ${Math.round(first.musicShare * 100)} % of the time\n`,
    );
    console.log(`The show\n${asText(countsTable(estimates, () => 1))}\n`);
    console.log(`${asText(dollarsTable(estimates, () => 1))}\n`);
  }
  const per = perThousandListenerHours;
  console.log(`Per 1,000 listener-hours\n${asText(countsTable(estimates, per))}\n`);
  console.log(`${asText(dollarsTable(estimates, per))}\n`);
  console.log(`Rates of the whole show\n${asText(ratesTable(estimates))}`);
  if (estimates.some(({ fitsOneNode }) => !fitsOneNode)) {
    console.log(`\n${TOO_LARGE} one room does not fit on one node: see docs/SCALE.md`);
  }
  console.log(`\n${await origins()}`);
}

function perSecond(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
