import assert from "node:assert/strict";
import { matching, mentionedIn, mentionQuery } from "../../../demo/src/comments/mentionQuery.js";

const people = ["Cléo Marchand", "Dan", "Daniela Cruz", "Fay 🎧"].map((name) => ({
  uid: `spotify_${name}`,
  name,
}));
const found = (typed: string) => matching(people, { start: 0, typed }).map(({ name }) => name);

describe("a mention in a comment", () => {
  it("begins with an @ at the start of a word, before the caret", () => {
    assert.deepEqual(mentionQuery("@", 1), { start: 0, typed: "" });
    assert.deepEqual(mentionQuery("hi @Da there", 6), { start: 3, typed: "Da" });
    assert.deepEqual(mentionQuery("(@Cléo M", 8), { start: 1, typed: "Cléo M" });
    for (const text of ["", "hi", "me@home", "@Dan is here", "@Dan "]) {
      assert.equal(mentionQuery(text, text.length), undefined, text);
    }
  });

  it("suggests people by any word of their name, without accents or case", () => {
    assert.deepEqual(found("da"), ["Dan", "Daniela Cruz"]);
    assert.deepEqual(found("cleo m"), ["Cléo Marchand"]);
    assert.deepEqual(found("MARCH"), ["Cléo Marchand"]);
    assert.deepEqual(found("x"), []);
    assert.equal(found("").length, people.length);
  });

  it("counts once, at most five times, and only while the text has it", () => {
    const [cleo, dan] = people;
    assert.ok(cleo && dan);
    assert.deepEqual(mentionedIn("@Dan @Dan hi", [dan, dan, cleo]), [dan.uid]);
    const crowd = Array.from({ length: 7 }, (_, index) => ({
      uid: `u${index}`,
      name: `X${index}`,
    }));
    const all = crowd.map(({ name }) => `@${name}`).join(" ");
    assert.equal(mentionedIn(all, crowd).length, 5);
  });

  it("does not count for someone whose name is the beginning of another, or the same", () => {
    const [, dan, daniela] = people;
    assert.ok(dan && daniela);
    assert.deepEqual(mentionedIn("@Daniela Cruz hi", [dan, daniela]), [daniela.uid]);
    const [one, other] = ["one", "other"].map((uid) => ({ uid, name: "Alex" }));
    assert.ok(one && other);
    assert.deepEqual(mentionedIn("@Alex hi", [one, other]), ["other"]);
    assert.deepEqual(mentionedIn("@Alex and @Alex", [one, other]), ["one", "other"]);
  });
});
