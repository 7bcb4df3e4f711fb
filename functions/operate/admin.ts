import { parseArgs } from "node:util";
import { Refusal } from "../src/errors.js";
import { commands, help, optionTypes, usageOf } from "./admin/commands.js";
import { operatorDependencies } from "./admin/operatorDependencies.js";
import { UsageError } from "./admin/usageError.js";

/** The admins' command-line tool: `npm run admin -- --help`. */
async function run(args: readonly string[]): Promise<string> {
  const { values, positionals } = parse(args);
  const [name, ...named] = positionals;
  if (values.help === true || name === undefined) return help;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError(`There is no command ${name}.\n\n${help}`);
  if (named.length !== command.arguments.length) {
    throw new UsageError(usageOf(name, command));
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
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function explain(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  if (!(error instanceof Refusal)) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
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
