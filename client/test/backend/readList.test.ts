import assert from "node:assert/strict";
import { z } from "zod";
import { timestamp } from "../../../functions/src/contract/fields.js";
import { ReadList } from "../../src/backend/readDocument.js";
import { isEqual } from "../../src/observe/isEqual.js";

const moment = (ms: number) => ({ seconds: ms / 1_000, nanoseconds: 0, toMillis: () => ms });

const comment = z.object({ text: z.string(), createdAt: timestamp });

/** A snapshot of a list, of which Firestore says that these documents changed. */
function snapshot(texts: Readonly<Record<string, unknown>>, changedIds: readonly string[]) {
  const parsed: string[] = [];
  const docs = Object.entries(texts).map(([id, text]) => ({
    id,
    metadata: { fromCache: false, hasPendingWrites: false },
    data: () => {
      parsed.push(id);
      return { text, createdAt: moment(0) };
    },
  }));
  const changes = changedIds.map((id) => ({ doc: { id } }));
  return { docs, parsed, metadata: { fromCache: false }, docChanges: () => changes };
}

describe("a live list", () => {
  it("keeps the 49 comments that did not change, and does not read them again", () => {
    const list = new ReadList(comment);
    const texts = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`c${index}`, "hi"]));
    const before = list.read(snapshot(texts, Object.keys(texts)));
    const next = snapshot({ new: "first!", ...texts }, ["new"]);
    const [newest, ...others] = list.read(next);
    assert.deepEqual([newest?.text, next.parsed], ["first!", ["new"]]);
    assert.equal(others.length, 49);
    for (const [index, other] of others.entries()) assert.equal(other, before[index]);
  });

  it("stays the same list if nothing changed for the reader", () => {
    const list = new ReadList(comment);
    const before = list.read(snapshot({ a: "hi", b: 7 }, ["a", "b"]));
    assert.equal(before.length, 1, "what cannot be read is skipped");
    assert.equal(list.read(snapshot({ a: "hi", b: 7 }, [])), before, "only metadata");
    assert.equal(
      list.read(snapshot({ a: "hi", b: 8 }, ["a", "b"])),
      before,
      "fields it does not read",
    );
    assert.notEqual(list.read(snapshot({ a: "hi!", b: 8 }, ["a"])), before);
    assert.deepEqual(list.read(snapshot({}, ["a", "b"])), []);
  });
});

describe("documents", () => {
  it("are compared by their fields, lists and timestamps", () => {
    const document = { at: moment(1_000), tags: ["jazz"], settings: { slow: 0 }, by: null };
    assert.ok(isEqual(document, { ...document, at: moment(1_000), tags: ["jazz"] }));
    for (const change of [
      { at: moment(2_000) },
      { at: null },
      { tags: [] },
      { tags: { 0: "jazz" } },
      { settings: { slow: 1 } },
      { settings: {} },
      { by: undefined },
      { more: 1 },
    ]) {
      assert.ok(!isEqual(document, { ...document, ...change }), JSON.stringify(change));
    }
  });
});
