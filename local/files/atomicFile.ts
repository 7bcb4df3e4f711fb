import { randomBytes } from "node:crypto";
import { link, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Writes a file so that readers see either the old or the new content, never a part of it. */
export async function writeAtomically(path: string, content: string, mode = 0o644): Promise<void> {
  const draft = await writeDraft(path, content, mode);
  await rename(draft, path);
}

/** Creates a file. Of several simultaneous writers, one gets true and the others get false. */
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
