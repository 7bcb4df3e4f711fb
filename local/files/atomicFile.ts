import { randomBytes } from "node:crypto";
import { link, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Readers see the old content or the new one, never half of it. */
export async function writeAtomically(path: string, content: string, mode = 0o644): Promise<void> {
  const draft = await writeDraft(path, content, mode);
  await rename(draft, path);
}

/** Of several writers at once one wins; the others learn that they did not. */
export async function createAtomically(
  path: string,
  content: string,
  mode = 0o644,
): Promise<boolean> {
  const draft = await writeDraft(path, content, mode);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

async function writeDraft(path: string, content: string, mode: number): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  await writeFile(draft, content, { mode });
  return draft;
}
