import { parseArgs } from "node:util";
import { Refusal } from "../src/errors.js";
import { describe, LaunchError } from "../../local/launchError.js";
import { commands, help, optionTypes, usageOf } from "./admin/commands.js";
import { operatorDependencies } from "./admin/operatorDependencies.js";

/** The admins' command-line tool: `npm run admin -- --help`. */
async function run(args: readonly string[]): Promise<string> {
  const { values, positionals } = parse(args);
  const [name, ...named] = positionals;
  if (values.help === true || name === undefined) return help;
  const command = commands[name];
  if (!command) throw new LaunchError(`There is no command ${name}.\n\n${help}`);
  if (named.length !== command.arguments.length) {
    throw new LaunchError(usageOf(name, command));
  }
  const deps = await operatorDependencies(values);
  try {
    return await command.run(deps, named, values);
  } finally {
    await deps.firestore.terminate();
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: optionTypes, allowPositionals: true });
  } catch (error) {
    throw new LaunchError(error instanceof Error ? error.message : String(error));
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Refusal)) return describe(error);
  const { reason, message, details } = error;
  const issues = (details.issues ?? []).map((issue) => `  ${issue.path}: ${issue.message}`);
  const status = details.status === undefined ? "" : ` (${details.status})`;
  return [`${reason}: ${message}${status}`, ...issues].join("\n");
}

try {
  console.log(await run(process.argv.slice(2)));
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
