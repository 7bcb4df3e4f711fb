import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

/** "`path`: title" in a table's last cell. */
const NAMED = /`(?<path>[^`]+\.test\.ts)`: (?<title>.+?)\s*\|$/gm;

describe("docs/SECURITY.md", () => {
  const named = [...read("docs/SECURITY.md").matchAll(NAMED)].map(({ groups }) => ({
    path: groups?.path ?? "",
    title: groups?.title ?? "",
  }));

  it("names a test for each threat", () => {
    assert.ok(named.length > 20, `${named.length} tests`);
  });

  it("names tests that exist", () => {
    const missing = named.filter(({ path, title }) => !read(path).includes(title));
    assert.deepEqual(missing, []);
  });
});
