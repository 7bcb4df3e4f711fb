import { readFile } from "node:fs/promises";

export type JsonRecord = Record<string, unknown>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

export function recordOf(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}

export function parseJson(text: string): unknown {
  return JSON.parse(text);
}

export async function readJson(path: string): Promise<unknown> {
  return parseJson(await readFile(path, "utf8"));
}
