import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { callRows } from "../matrix/callables/table.js";
import { rows } from "../matrix/rows/rows.js";
import { contracts } from "../../functions/src/contract/callables.js";
import { pathsOf } from "../matrix/pathsOf.js";

const rulesFile = new URL("../../firestore.rules", import.meta.url);

describe("the authorisation matrix", () => {
  it("has rows for every path in firestore.rules, and for no other", async () => {
    const paths = pathsOf(await readFile(rulesFile, "utf8"));
    assert.ok(paths.includes("shows/{showId}/comments/{commentId}"));
    assert.deepEqual(new Set(rows.map(({ path }) => path)), new Set(paths));
  });

  it("has every operation for every path", () => {
    const lacking = [...new Set(rows.map(({ path }) => path))].flatMap((path) => {
      const operations = new Set(
        rows.filter((row) => row.path === path).map(({ operation }) => operation),
      );
      // A collection group can only be listed.
      const expected = path.startsWith("{show=**}")
        ? (["list"] as const)
        : (["get", "list", "update", "delete"] as const);
      return expected
        .filter((operation) => !operations.has(operation))
        .map((operation) => `${path}: ${operation}`);
    });
    assert.deepEqual(lacking, []);
  });

  it("has a row for every callable, and for no other", () => {
    assert.deepEqual(
      new Set(callRows.map(({ callable }) => callable)),
      new Set(contracts.map(({ name }) => name)),
    );
  });

  it("names each row once", () => {
    const names = rows.flatMap(({ path, operation, what, states }) =>
      states.map(({ status, visibility }) => [path, operation, what, status, visibility].join()),
    );
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });

  it("allows nothing in a state in which the row is not executed", () => {
    const unexecuted = rows.flatMap(({ path, what, allow, states }) =>
      allow
        .filter(
          ({ statuses, visibilities }) =>
            !states.some(
              ({ status, visibility }) =>
                (statuses?.includes(status) ?? true) &&
                (visibilities?.includes(visibility) ?? true),
            ),
        )
        .map(() => `${path}: ${what}`),
    );
    assert.deepEqual(unexecuted, []);
  });
});
