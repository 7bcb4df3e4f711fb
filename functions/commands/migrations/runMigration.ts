import { rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { writeAtomically } from "../../../local/files/atomicFile.js";
import { readIfThere } from "../../../local/files/readIfThere.js";
import { localDirectory } from "../../../local/files/paths.js";
import { operatorDependencies } from "../support/operatorDependencies.js";
import { UsageError } from "../support/usageError.js";
import { migrate } from "./migrate.js";
import { migrations } from "./migrations.js";

const EXAMPLES = 5;
const help = [
  "Usage: npm run migrate -- <name> --project <alias> [--apply]",
  "",
  ...Object.entries(migrations).flatMap(([name, each]) =>
    each ? [`  ${name}`, `      ${each.meaning}`] : [],
  ),
  "",
  "Without --apply, it says what it would change. If it is interrupted, run it again: it continues.",
].join("\n");
const savedProgress = z.object({
  after: z.string().nullable(),
  examined: z.int(),
  changed: z.int(),
});

/** Runs the command with its arguments; what it says goes to `print`. */
export async function runMigration(
  args: readonly string[],
  print: (line: string) => void,
): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      project: { type: "string" },
      local: { type: "boolean" },
      apply: { type: "boolean", default: false },
    },
    allowPositionals: true,
  });
  const [name = ""] = positionals;
  const migration = Object.hasOwn(migrations, name) ? migrations[name] : undefined;
  if (!migration) throw new UsageError(help);
  const { firestore, projectId } = await operatorDependencies(values);
  const file = join(localDirectory, "migrations", projectId, `${name}.json`);
  const saved = values.apply ? await readIfThere(file) : undefined;
  const from = saved === undefined ? undefined : savedProgress.parse(JSON.parse(saved));
  if (from) print(`continuing after ${from.examined} documents`);
  let shown = 0;
  const { examined, changed } = await migrate(firestore, migration, {
    isDryRun: !values.apply,
    from,
    async onPage(progress) {
      if (values.apply) await writeAtomically(file, JSON.stringify(progress), 0o600);
      print(`${progress.examined} examined, ${progress.changed} to change`);
    },
    onChange(path, update) {
      shown += 1;
      if (!values.apply && shown <= EXAMPLES) print(`  ${path}: ${JSON.stringify(update)}`);
    },
  });
  if (values.apply) await rm(file, { force: true });
  await firestore.terminate();
  print(
    values.apply
      ? `Done: ${examined} examined, ${changed} changed.`
      : `A dry run: ${changed} of ${examined} documents would change. Nothing was written: --apply does it.`,
  );
}
