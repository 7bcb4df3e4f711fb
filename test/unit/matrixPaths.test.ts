import assert from "node:assert/strict";
import { mutantsOf } from "../../rules-mutants/src/index.js";
import { matrixPathsOf } from "../mutants/matrixPaths.js";

const rules = `service cloud.firestore {
  match /databases/{database}/documents {
    function isMe(uid) { return request.auth.uid == uid; }
    function unused() { return a == b; }
    match /users/{uid} {
      function mayRead() { return isMe(uid); }
      allow get: if mayRead() && c == d;
      match /private/account { allow get: if isMe(uid) && e == f; }
    }
    match /open/{id} { allow get: if g == h; }
  }
}`;

describe("the paths of the matrix that a mutant concerns", () => {
  for (const [what, text, expected] of [
    ["a rule's own", "c == d", ["users/{uid}"]],
    ["a nested rule's own", "e == f", ["users/{uid}/private/account"]],
    [
      "those that use a function, directly or through another",
      "request.auth.uid == uid",
      ["users/{uid}", "users/{uid}/private/account"],
    ],
    ["none of an unused function", "a == b", []],
  ] as const) {
    it(`are ${what}`, () => {
      const mutant = mutantsOf(rules).find(
        ({ id, kind }) => kind === "swap equality" && id.includes(text),
      );
      assert.deepEqual(matrixPathsOf(rules)(mutant ?? assert.fail(text)), expected);
    });
  }
});
