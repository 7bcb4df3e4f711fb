import assert from "node:assert/strict";
import { CallMeter, readsOf, together, unused } from "../../../bench/scale/firestoreUse.js";
import { GrpcFrames } from "../../../bench/scale/grpcFrames.js";

const encoder = new TextEncoder();

/** A protobuf field with bytes or with a small number. */
function field(number: number, value: Uint8Array | number): Uint8Array {
  return typeof value === "number"
    ? Uint8Array.of(number * 8, value)
    : Buffer.concat([Uint8Array.of(number * 8 + 2, value.length), value]);
}

const text = (number: number, value: string) => field(number, encoder.encode(value));
const comment = text(1, "projects/p/databases/d/documents/shows/s/comments/c");

function metered(method: string) {
  const use = unused();
  return { use, call: new CallMeter(`/google.firestore.v1.Firestore/${method}`, () => use) };
}

describe("what Firestore bills", () => {
  it("counts a document once for each query result that delivers it", () => {
    const { use, call } = metered("Listen");
    const change = Buffer.concat([field(1, comment), field(5, 2)]);
    call.received(field(3, change));
    assert.deepEqual(use.reads, { comments: 1 });
    assert.deepEqual(use.bytes, { comments: change.length });
    const changed = field(1, Buffer.concat([comment, field(4, field(1, 7))]));
    call.received(field(3, Buffer.concat([changed, field(5, Uint8Array.of(2, 4))])));
    assert.deepEqual(use.reads, { comments: 3 });
  });

  it("does not count a document again that is reported unchanged, unless its target is new", () => {
    const { use, call } = metered("Listen");
    const change = field(3, Buffer.concat([field(1, comment), field(5, 2)]));
    const reset = field(2, Buffer.concat([field(1, 4), field(2, 2)]));
    for (const message of [change, reset, change]) call.received(message);
    assert.deepEqual(use.reads, { comments: 1 });
    const added = field(2, Buffer.concat([field(1, 1), field(2, 2)]));
    for (const message of [added, change]) call.received(message);
    assert.deepEqual(use.reads, { comments: 2 });
  });

  it("does not count a document that only left a result", () => {
    const { use, call } = metered("Listen");
    call.received(field(3, Buffer.concat([field(1, comment), field(6, 2)])));
    assert.equal(readsOf(use), 0);
  });

  it("counts each document lookup, found or missing", () => {
    const { use, call } = metered("BatchGetDocuments");
    call.received(field(1, comment));
    call.received(text(2, "projects/p/databases/d/documents/shows/s"));
    assert.deepEqual(use.reads, { comments: 1, shows: 1 });
  });

  it("counts a query without results as one read", () => {
    const { use, call } = metered("RunQuery");
    call.ended();
    assert.equal(readsOf(use), 1);
    const found = metered("RunQuery");
    found.call.received(field(1, comment));
    found.call.ended();
    assert.deepEqual(found.use.reads, { comments: 1 });
  });

  it("counts a count query as one read per 1,000 documents, but at least one", () => {
    const count = (...varint: number[]) =>
      field(1, field(2, field(2, Buffer.concat([Uint8Array.of(16), Uint8Array.from(varint)]))));
    const { use, call } = metered("RunAggregationQuery");
    call.received(count(0));
    assert.deepEqual(use.reads, { counts: 1 });
    // 5,000 as a varint.
    call.received(count(0x88, 0x27));
    assert.deepEqual(use.reads, { counts: 6 });
  });

  it("counts writes and deletes of commits and of streams", () => {
    const commit = metered("Commit");
    commit.call.sent(Buffer.concat([field(2, field(1, comment)), field(2, text(2, "a/b"))]));
    assert.deepEqual([commit.use.writes, commit.use.deletes], [1, 1]);
    const stream = metered("Write");
    stream.call.sent(field(3, field(1, comment)));
    assert.equal(stream.use.writes, 1);
  });

  it("adds up to a sum", () => {
    const one = { reads: { comments: 2 }, bytes: { comments: 20 }, writes: 1, deletes: 0 };
    const sum = together([one, one, unused()]);
    assert.deepEqual(sum, {
      reads: { comments: 4 },
      bytes: { comments: 40 },
      writes: 2,
      deletes: 0,
    });
  });
});

describe("gRPC's frames", () => {
  const frame = (...bytes: number[]) => [0, 0, 0, 0, bytes.length, ...bytes];

  it("are reassembled from any chunks", () => {
    const all = [...frame(1, 2, 3), ...frame(), ...frame(4)];
    for (let cut = 0; cut <= all.length; cut += 1) {
      const frames = new GrpcFrames();
      const chunks = [Uint8Array.from(all.slice(0, cut)), Uint8Array.from(all.slice(cut))];
      const messages = chunks.flatMap((chunk) => frames.add(chunk)).map((each) => [...each]);
      assert.deepEqual(messages, [[1, 2, 3], [], [4]]);
    }
  });

  it("raise an error if they are compressed, because the count would be wrong", () => {
    assert.throws(() => new GrpcFrames().add(Uint8Array.of(1, 0, 0, 0, 0)), /compressed/);
  });
});
