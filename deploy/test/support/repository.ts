import assert from "node:assert/strict";
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { realEdges } from "../../edges.js";

/** A real Git repository in a temporary folder. */
export interface Repository {
  readonly folder: string;
  git(...args: readonly string[]): Promise<string>;
  /** Commits a new content of the file `version`. */
  commit(version: string): Promise<void>;
  remove(): Promise<void>;
}

/** Overrides the Git settings of the person who runs the tests. */
const CONFIGURATION = `
[user]
  name = Ambient
  email = ambient@example.com
[commit]
  gpgSign = false
[tag]
  gpgSign = false
`;

export async function openRepository(): Promise<Repository> {
  const folder = await mkdtemp(join(tmpdir(), "ambient-repository-"));
  const git = async (...args: readonly string[]): Promise<string> => {
    const { code, output } = await realEdges().run("git", args, { cwd: folder });
    assert.equal(code, 0, output);
    return output.trim();
  };
  await git("init", "--quiet", "--initial-branch", "main");
  await appendFile(join(folder, ".git", "config"), CONFIGURATION);
  return {
    folder,
    git,
    async commit(version) {
      await writeFile(join(folder, "version"), version);
      await git("add", "version");
      await git("commit", "--quiet", "--message", version);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
