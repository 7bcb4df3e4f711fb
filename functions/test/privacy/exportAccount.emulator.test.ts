import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { commentRef } from "../../src/collections.js";
import { fieldsOf } from "../../src/contract/inventory.js";
import { exportAccount } from "../../src/privacy/exportAccount.js";
import { quietFirestore } from "../support/backstage.js";
import { refuses } from "../support/refuses.js";
import { systemClock } from "../../src/clock.js";
import { seedOfEverything, store, type Marked, type Seed } from "../support/seedEverything.js";

const lineSchema = z.strictObject({ path: z.string(), data: z.record(z.string(), z.unknown()) });
const linesIn = (text: string) =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => lineSchema.parse(JSON.parse(line)));

describe("exporting an account", () => {
  let firestore: Firestore;
  let seed: Seed;
  const ada: Marked = { uid: `spotify_ada${randomUUID()}`, word: "adaword" };
  const ben: Marked = { uid: `spotify_ben${randomUUID()}`, word: "benword" };
  /** Has written so much that it takes several pages, and several queries of one kind. */
  const cleo: Marked = { uid: `spotify_cleo${randomUUID()}`, word: "cleoword" };
  const long = Array.from({ length: 120 }, (_, index) => `long${String(index).padStart(3, "0")}-`);

  before(async () => {
    firestore = quietFirestore();
    seed = seedOfEverything([ada, ben, cleo], randomUUID().slice(0, 8), systemClock.now());
    await store(firestore, seed);
    const writer = firestore.bulkWriter();
    for (const id of long) {
      const comment = { ...commentOf(cleo), text: id.repeat(3_000) };
      void writer.set(firestore.doc(`shows/${seed.liveShow}/comments/${id}`), comment);
    }
    await writer.close();
  });
  after(() => firestore.terminate());

  const deps = () => ({ firestore, clock: systemClock });
  const commentOf = (person: Marked) => {
    const comment = seed.documents.find(
      ({ path, of }) => of === person && path.includes("/comments/"),
    );
    assert.ok(comment);
    return comment.data;
  };
  const pageOf = (person: Marked, cursor?: string) => exportAccount(deps(), person, { cursor });
  const pagesOf = async (person: Marked) => {
    const pages: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await pageOf(person, cursor);
      pages.push(page.lines);
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined);
    return pages;
  };

  it("has each document of the person that the inventory exports, and nothing of anybody else", async () => {
    const [text = "", ...more] = await pagesOf(ada);
    assert.deepEqual(more, [], "one page is enough");
    const exported = linesIn(text);
    const expected = seed.documents.flatMap(({ of, whose, entry, path }) => {
      if (of !== ada || !whose) return [];
      const fields = fieldsOf(entry, whose).filter(([, { notExported }]) => !notExported);
      return fields.length > 0 ? [{ path, fields: fields.map(([field]) => field) }] : [];
    });
    assert.ok(expected.length > 30);
    for (const { path, fields } of expected) {
      // Other people's uids in a path are left open, except whom one follows or has blocked oneself.
      const shown = path.replace("spotify_host", "{uid}");
      const found = exported.filter((line) => line.path === shown || line.path === path);
      const named = found.flatMap(({ data }) => Object.keys(data));
      assert.deepEqual(
        fields.filter((field) => !named.includes(field)),
        [],
        path,
      );
    }
    // Both sides of a payment know what was paid.
    const paid = exported.filter(({ path }) => path.startsWith("payments/"));
    const given = paid.find(({ data }) => "supporterUid" in data);
    const received = paid.find(({ data }) => "creatorUid" in data);
    for (const line of [given, received]) {
      for (const field of ["amount", "currency", "feeAmount", "status", "paidAt"]) {
        assert.ok(line && field in line.data, `${field} of a payment`);
      }
    }
    assert.equal(received?.data.accountId, "accountId-adaword");
    for (const field of ["supporter", "supporterUid", "message"]) {
      assert.ok(!(field in received.data), `a supporter's ${field}`);
    }
    assert.ok(given && !("accountId" in given.data) && !("creatorUid" in given.data));
    const isReceived = (line: string) => line.includes(`"path":"${received.path}"`);
    const isOwnList = (line: string) => /"users\/[^/]+\/(following|blocked)\//.test(line);
    const others = text.split("\n").filter((line) => !isOwnList(line) && !isReceived(line));
    for (const other of [ben.uid, ben.word, "spotify_host", "hostword"]) {
      assert.ok(
        !others.some((line) => line.includes(other)),
        others.find((line) => line.includes(other)),
      );
    }
    for (const secret of ["refreshToken", "accessToken", "ciphertext", 'lease"']) {
      assert.ok(!text.includes(secret), secret);
    }
    const account = exported.find(({ path }) => path.endsWith("/private/account"));
    assert.equal(account?.data.email, "email-adaword");
    assert.match(String(account.data.spotifyGrantedAt), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it("comes in pages of bounded size, which together have each document once", async () => {
    const pages = await pagesOf(cleo);
    assert.equal(pages.length, 3);
    for (const page of pages) assert.ok(page.length < 1_100_000, `${page.length}`);
    const exported = pages.flatMap(linesIn);
    const paths = exported.map(({ path }) => path);
    assert.deepEqual(
      long.filter((id) => !paths.includes(`shows/${seed.liveShow}/comments/${id}`)),
      [],
    );
    // Everything that ada has, who has as much and only nothing long.
    const [adas = ""] = await pagesOf(ada);
    assert.equal(exported.length, linesIn(adas).length + long.length);
    const lines = pages.flatMap((page) => page.split("\n")).filter((line) => line !== "");
    assert.equal(new Set(lines).size, lines.length);
  });

  it("is not disturbed by writes between its pages", async () => {
    const first = await pageOf(cleo);
    assert.ok(first.cursor);
    const later = commentRef(firestore, seed.liveShow, "zlater");
    const comment = { ...commentOf(cleo), text: "after the export began" };
    await firestore.doc(later.path).set(comment);
    const second = await pageOf(cleo, first.cursor);
    const third = await pageOf(cleo, second.cursor ?? undefined);
    assert.equal(third.cursor, null);
    const rest = second.lines + third.lines;
    assert.ok(rest.includes(`${long[119]}`) && !rest.includes("after the export began"));
    await later.delete();
  });

  it("refuses a cursor that is forged, old or somebody else's", async () => {
    const { cursor } = await pageOf(cleo);
    assert.ok(cursor);
    const parsed = z
      .looseObject({ at: z.tuple([z.number(), z.number()]), source: z.string() })
      .parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    const forged = (changes: object) =>
      Buffer.from(JSON.stringify({ ...parsed, ...changes })).toString("base64url");
    const refusal = (message: string) =>
      refuses("INVALID_ARGUMENT", { issues: [{ path: "cursor", message }] });
    const notYours = refusal("is not one of the caller's cursors");
    await assert.rejects(pageOf(ben, cursor), notYours);
    const wrong = [
      "",
      "!",
      forged({ uid: ben.uid }),
      forged({ source: "shows" }),
      forged({ more: 1 }),
    ];
    for (const text of wrong) await assert.rejects(pageOf(cleo, text), notYours, text);
    for (const after of ["", "users", `users/${ben.uid}/private/account`, "shows//comments/x"]) {
      const comments = "shows/{showId}/comments/{commentId} as author";
      await assert.rejects(pageOf(cleo, forged({ source: comments, after })), notYours, after);
    }
    const tooOld = refusal("is too old: start the export again");
    for (const hours of [-2, 2]) {
      const at = [parsed.at[0] + hours * 3_600, 0];
      await assert.rejects(pageOf(cleo, forged({ at })), tooOld);
    }
    // A position of somebody else's only skips some of the caller's own documents.
    const after = `shows/${seed.showOf(ben, "live")}`;
    const page = await pageOf(cleo, forged({ source: "shows/{showId} as creator", after }));
    assert.ok(!page.lines.includes(ben.uid) && !page.lines.includes(ben.word));
  });
});
