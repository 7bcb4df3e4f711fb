import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { families, faults } from "./faults.js";
import { operations } from "./operations.js";
import { headingOf, pageFile } from "./page.js";

/** The table beneath a heading, by rows of trimmed cells, the header first. */
function tableBeneath(page: string, heading: string): string[][] {
  const [, rest = ""] = page.split(`\n${heading}\n`);
  const [section = ""] = rest.split("\n## ");
  return section
    .split("\n")
    .filter((line) => line.startsWith("|") && !/^\|[\s:|-]+$/.test(line))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

describe("docs/RELIABILITY.md", () => {
  let page: string;
  before(async () => {
    page = await readFile(pageFile, "utf8");
  });

  for (const family of families) {
    it(`has a column for each fault of "${family}"; otherwise run npm run test:faults`, () => {
      const [header] = tableBeneath(page, headingOf(family));
      const names = faults.filter((fault) => fault.family === family).map(({ name }) => name);
      assert.deepEqual(header, ["Operation", ...names]);
    });
  }

  it("lists every operation, also among those that were killed", () => {
    const names = operations.map(({ name }) => name);
    for (const heading of ["## Healers", headingOf("The function")]) {
      const [, ...rows] = tableBeneath(page, heading);
      assert.deepEqual(
        rows.map(([name]) => name),
        names,
        heading,
      );
    }
  });

  it("reports nothing broken", () => {
    assert.match(page, /, 0 broken\./);
    assert.doesNotMatch(page, /\*\*broken\*\*/);
  });
});
