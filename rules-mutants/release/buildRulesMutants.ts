import { fileURLToPath } from "node:url";
import { buildPackage } from "../../client/release/buildPackage.js";

export const rulesMutantsDirectory = fileURLToPath(new URL("../", import.meta.url));

/** Builds `rules-mutants/dist`. It depends on Node alone. */
export async function buildRulesMutants(): Promise<void> {
  await buildPackage({
    directory: rulesMutantsDirectory,
    entry: { index: "src/index.ts", cli: "src/cli.ts" },
    dependencies: [/^node:/],
  });
}
