import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { recordOf } from "./json.js";

/** The mapping in a YAML text. */
export function parseYaml(text: string): Record<string, unknown> {
  return recordOf(parse(text));
}

export async function readYaml(file: string): Promise<Record<string, unknown>> {
  return parseYaml(await readFile(file, "utf8"));
}
