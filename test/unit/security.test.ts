import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

/** "`path`: title" in a table's last cell. */
const NAMED = /`(?<path>[^`]+\.test\.ts)`: (?<title>.+?)\s*\|$/u;
const ROW = /^\| (?!What stops it|-)/u;

/** The section with the results of long commands instead of threats. */
const LONG_RUNNING = "The long-running suites";

describe("docs/SECURITY.md", () => {
  const sections = read("docs/SECURITY.md").split("\n## ").slice(1);
  const threats = sections.filter((section) => !section.startsWith(`${LONG_RUNNING}\n`));

  it("lists the threats, and then the long-running suites", () => {
    assert.ok(threats.length >= 8);
    assert.equal(sections.length, threats.length + 1);
  });

  for (const threat of threats) {
    const [name = "", ...lines] = threat.split("\n");

    it(`names an existing test for all that stops ${name.toLowerCase()}`, () => {
      const rows = lines.filter((line) => ROW.test(line));
      assert.ok(rows.length > 0);
      const unshown = rows.filter((row) => {
        const { path, title } = NAMED.exec(row)?.groups ?? {};
        return path === undefined || title === undefined || !read(path).includes(title);
      });
      assert.deepEqual(unshown, []);
    });
  }
});
