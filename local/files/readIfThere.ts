import { readFile } from "node:fs/promises";
import { isCode } from "./atomicFile.js";

/** A file's text; undefined if there is no such file, or a folder in its place. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT") || isCode(error, "EISDIR")) return undefined;
    throw error;
  }
}
