import { parseArgs } from "node:util";
import { Refusal } from "../../src/errors.js";
import { commands, help, optionTypes, usageOf } from "./commands.js";
import { operatorDependencies } from "../support/operatorDependencies.js";
import { UsageError } from "../support/usageError.js";

export interface Outcome {
  /** Whether the command did what it says. */
  readonly isDone: boolean;
  readonly text: string;
}

/** Runs one command of the admins' command-line tool. */
export async function run(args: readonly string[]): Promise<Outcome> {
  try {
    return { isDone: true, text: await perform(args) };
  } catch (error) {
    return { isDone: false, text: explain(error) };
  }
}

async function perform(args: readonly string[]): Promise<string> {
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
