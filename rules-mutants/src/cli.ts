#!/usr/bin/env node
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { readEquivalents } from "./equivalents.js";
import { mutantsOf } from "./mutants.js";
import { obsoleteAmong, renderReport, runMutants } from "./run.js";

const USAGE = `Usage: rules-mutants <firestore.rules> [options]
  --list                 print the mutants
  --run <command>        a command that fails when the tests fail; FIRESTORE_RULES names the rules file to test
  --killer <module>      instead of a command: a module that exports kill(rules) → the failed test's name or undefined
  --jobs <number>        mutants at a time (1)
  --only <text>          only mutants whose name contains the text
  --equivalents <file>   a JSON list of { proof, mutants } that may survive`;

type KillRules = (rules: string) => Promise<string | undefined>;

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      list: { type: "boolean", default: false },
      run: { type: "string" },
      killer: { type: "string" },
      jobs: { type: "string", default: "1" },
      only: { type: "string", default: "" },
      equivalents: { type: "string" },
    },
  });
  const [file] = positionals;
  if (file === undefined) throw new Error(USAGE);
  const rules = await readFile(file, "utf8");
  const all = mutantsOf(rules);
  const mutants = all.filter(({ id }) => id.includes(values.only));
  if (values.list) {
    for (const { line, id } of mutants) console.log(`line ${line}: ${id}`);
    console.log(`${mutants.length} mutants`);
    return 0;
  }
  const kill = await killerOf(values);
  const failed = await kill(rules);
  if (failed !== undefined) throw new Error(`The unchanged rules fail: ${failed}`);
  const equivalents =
    values.equivalents === undefined
      ? {}
      : readEquivalents(await readFile(values.equivalents, "utf8"));
  const report = await runMutants({
    mutants,
    jobs: Number(values.jobs),
    equivalents,
    record: {},
    stampOf: () => "",
    kill: (mutant) => kill(mutant.rules),
    onResult({ id }, { killedBy }, { finished, total }) {
      console.log(`${finished}/${total} ${killedBy === null ? "survived" : "killed"}: ${id}`);
    },
  });
  const obsolete = obsoleteAmong(equivalents, all);
  for (const id of obsolete) console.log(`listed as equivalent, but no mutant: ${id}`);
  for (const line of renderReport(report)) console.log(line);
  return report.survived.length + report.refuted.length + obsolete.length === 0 ? 0 : 1;
}

async function killerOf(options: {
  readonly run?: string | undefined;
  readonly killer?: string | undefined;
}): Promise<KillRules> {
  const { run: command, killer } = options;
  if (command !== undefined && killer === undefined) return (rules) => runTests(command, rules);
  if (killer === undefined || command !== undefined) throw new Error(USAGE);
  const module: unknown = await import(pathToFileURL(resolve(killer)).href);
  if (!hasKill(module)) throw new Error(`${killer} does not export a function kill`);
  return (rules) => module.kill(rules);
}

function hasKill(module: unknown): module is { readonly kill: KillRules } {
  return (
    typeof module === "object" &&
    module !== null &&
    "kill" in module &&
    typeof module.kill === "function"
  );
}

/** Runs a shell command with the rules in a file. */
async function runTests(command: string, rules: string): Promise<string | undefined> {
  const directory = await mkdtemp(join(tmpdir(), "rules-mutants-"));
  try {
    const file = join(directory, "firestore.rules");
    await writeFile(file, rules);
    const child = spawn(command, {
      shell: true,
      stdio: "ignore",
      env: { ...process.env, FIRESTORE_RULES: file },
    });
    const code = await new Promise<number | null>((resolveCode, reject) => {
      child.once("error", reject);
      child.once("exit", resolveCode);
    });
    return code === 0 ? undefined : command;
  } finally {
    await rm(directory, { recursive: true });
  }
}
