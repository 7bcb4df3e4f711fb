import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { dataPolicies, type DataPolicy } from "../../src/contract/dataPolicies.js";
import {
  fieldsOf,
  inventory,
  policiesOf,
  type InventoryEntry,
} from "../../src/contract/inventory.js";

const entries: readonly InventoryEntry[] = inventory;
const policies: readonly (readonly [string, DataPolicy])[] = Object.entries(dataPolicies);

/** The fields of a document that name no policy. */
const unnamedIn = (entry: Pick<InventoryEntry, "schema">) =>
  Object.entries(policiesOf(entry)).flatMap(([field, name]) => (name === undefined ? [field] : []));

describe("the inventory of data", () => {
  it("has a policy for each field of each document", () => {
    for (const entry of entries) {
      assert.ok(Object.keys(entry.schema.shape).length > 0, entry.path);
      assert.deepEqual(unnamedIn(entry), [], entry.path);
    }
  });

  it("notices a field without a policy, and one with an unknown policy", () => {
    const schema = z.object({
      known: z.string().meta({ data: "card" }),
      unknown: z.string().meta({ data: "no such policy" }),
      none: z.string().describe("a text"),
    });
    assert.deepEqual(unnamedIn({ schema }), ["unknown", "none"]);
  });

  it("uses each policy", () => {
    const used = new Set(entries.flatMap((entry) => Object.values(policiesOf(entry))));
    assert.deepEqual(
      policies.map(([name]) => name).filter((name) => ![...used].some((one) => one === name)),
      [],
    );
  });

  it("has every document path of the server", () => {
    const source = readFileSync(new URL("../../src/collections.ts", import.meta.url), "utf8");
    const documents = [...source.matchAll(/db,\s+`([^`]+)`/g)]
      .map(([, path = ""]) => path.replaceAll("${", "{"))
      .filter((path) => path.split("/").length % 2 === 0);
    assert.ok(documents.length > 20, "paths were found");
    const known = entries.map(({ path }) => path);
    assert.deepEqual(
      documents.filter((path) => !known.includes(path)),
      [],
    );
  });

  it("says how each person's documents are found, and looks for nobody else's", () => {
    for (const entry of entries) {
      const named = policies
        .map(([, { whose }]) => whose)
        .filter((whose) => whose !== null)
        .filter((whose) => fieldsOf(entry, whose).length > 0);
      assert.deepEqual(
        [...new Set(named)].sort(),
        entry.people.map(([whose]) => whose).sort(),
        entry.path,
      );
    }
  });

  it("finds people by fields that are theirs", () => {
    for (const entry of entries) {
      for (const [whose, locator] of entry.people) {
        if (typeof locator === "string" || "beneath" in locator) continue;
        const fields = fieldsOf(entry, whose).map(([field]) => field);
        const collection = entry.path.split("/").at(-2);
        assert.equal(locator.collection, collection, entry.path);
        assert.deepEqual(
          locator.filters.map(([field]) => fields.includes(field.split(".")[0] ?? "")),
          [true],
          `${entry.path} as ${whose}`,
        );
      }
    }
  });

  it("exports no secret, and deletes personal data or keeps it for a stated reason", () => {
    for (const [name, { personal, whose, onDeletion, why, keptFor }] of policies) {
      assert.ok(why !== "" && keptFor !== "", name);
      assert.ok(personal || (whose === null && onDeletion === "keep"), name);
    }
    assert.ok(dataPolicies.secret.notExported);
    assert.deepEqual(
      policies
        .filter(([, { personal, onDeletion }]) => personal && onDeletion === "keep")
        .map(([name]) => name),
      [
        "hidden",
        "allowance",
        "show",
        "ban",
        "report",
        "reported",
        "evidence",
        "suspension",
        "adminRecord",
        "confirmation",
        "audit",
        "supportedAccount",
        "payment",
      ],
    );
  });
});
