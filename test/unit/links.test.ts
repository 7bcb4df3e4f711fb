import assert from "node:assert/strict";
import { glob, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { root } from "../../local/files/paths.js";
import { anchorsIn, linksIn } from "../support/links.js";

const DOCUMENTS = ["*.md", "docs/**/*.md", "{client,react}/*.md", "example/*/*.md"];

async function documents(): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const file of glob(DOCUMENTS, { cwd: root })) files.push(file);
  return files.sort();
}

const read = (file: string) => readFile(join(root, file), "utf8");

/** Why a link leads nowhere; undefined if it does not. */
async function problemOf(file: string, link: string): Promise<string | undefined> {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? file : join(dirname(file), path);
  const found = await stat(join(root, target)).catch(() => undefined);
  if (!found) return `${file}: ${link} does not exist`;
  if (anchor === undefined || anchorsIn(await read(target)).has(anchor)) return undefined;
  return `${file}: ${link} has no such heading`;
}

describe("The documents' links", () => {
  it("lead to files and headings that exist", async () => {
    const files = await documents();
    const found = await Promise.all(
      files.map(async (file) =>
        Promise.all(linksIn(await read(file)).map((link) => problemOf(file, link))),
      ),
    );
    const links = found.flat();
    assert.ok(files.includes("docs/client/reference/README.md"));
    assert.ok(links.length > 500, "links were found");
    const problems = links.filter((problem) => problem !== undefined);
    assert.deepEqual(problems, []);
  });

  it("are found in text and images, but not in code", () => {
    const text = 'See [a](a.md#b) and ![c](c.png).\n<img src="d.png">\n[web](https://example.org)';
    const code = "`[e](e.md)`\n\n  ```md\n  [f](f.md)\n  ```\n";
    assert.deepEqual(linksIn(`${text}\n${code}`), ["a.md#b", "c.png", "d.png"]);
  });

  it("reach headings by GitHub's anchors", () => {
    const headings =
      "# One path, one healer\n## `Show`\n## [Show](show.md)\n```sh\n# code\n```\n### MAX_TAGS";
    assert.deepEqual(
      [...anchorsIn(headings)],
      ["one-path-one-healer", "show", "show-1", "max_tags"],
    );
  });
});
