import assert from "node:assert/strict";
import { mutantsOf } from "../src/mutants.js";
import type { MutantKind } from "../src/mutators/index.js";

/** Rules with this function, whose result they require. */
const inFunction = (result: string): string => `function f() { return ${result}; }`;

/** The results of the mutants of one kind. */
function mutated(kind: MutantKind, result: string): readonly string[] {
  return mutantsOf(inFunction(result))
    .filter((mutant) => mutant.kind === kind)
    .map(({ rules }) => /return (.*); \}/s.exec(rules)?.[1] ?? assert.fail(rules));
}

function mutatedRule(kind: MutantKind, rule: string): readonly string[] {
  return mutantsOf(rule)
    .filter((mutant) => mutant.kind === kind)
    .map(({ rules }) => rules);
}

describe("the mutants of an expression", () => {
  const cases: readonly [MutantKind, string, readonly string[]][] = [
    [
      "drop conjunct",
      "a && (b || c && d) && e",
      [
        "true && (b || c && d) && e",
        "a && (b || c && d) && true",
        "a && true && e",
        "a && (b || true && d) && e",
        "a && (b || c && true) && e",
      ],
    ],
    ["drop conjunct", "a || b", []],
    ["drop conjunct", "f(a && b)", ["f(true && b)", "f(a && true)"]],
    [
      "negate",
      "a() && !b || c < 1",
      ["!(a()) && !b || c < 1", "a() && b || c < 1", "a() && !b || !(c < 1)"],
    ],
    ["negate", "!(a && b.c)", ["(a && b.c)", "!(!(a) && b.c)", "!(a && !(b.c))"]],
    ["negate", "x.get('a', 0) in [1]", ["!(x.get('a', 0) in [1])"]],
    ["negate", "isA(x) ? b : c", ["!(isA(x)) ? b : c"]],
    ["negate", "a == b && true", []],
    ["negate", "x.data", []],
    [
      "swap logic",
      "a && b && c || d",
      ["((a && b && c) && (d))", "((a && b) || (c)) || d", "((a) || (b)) && c || d"],
    ],
    ["swap equality", "a == b && c != d", ["a != b && c != d", "a == b && c == d"]],
    [
      "shift bound",
      "a.size() <= 10 && b > c",
      ["a.size() <= 9 && b > c", "a.size() <= 11 && b > c", "a.size() <= 10 && b >= c"],
    ],
    ["shift bound", "a >= 0 && b < 1.5", ["a >= -1 && b < 1.5", "a >= 1 && b < 1.5"]],
    [
      "swap getAfter",
      "exists(/a/b) && getAfter(/a/b).data.get('c', d)",
      [
        "existsAfter(/a/b) && getAfter(/a/b).data.get('c', d)",
        "exists(/a/b) && get(/a/b).data.get('c', d)",
      ],
    ],
    [
      "drop name",
      "k.hasOnly(['a', 'b',\n 'c']) && d in ['e']",
      [
        "k.hasOnly(['b',\n 'c']) && d in ['e']",
        "k.hasOnly(['a', \n'c']) && d in ['e']",
        "k.hasOnly(['a', 'b'\n]) && d in ['e']",
        "k.hasOnly(['a', 'b',\n 'c']) && d in []",
      ],
    ],
    ["drop name", "a in [b] && c == [1, 'd']", []],
  ];
  for (const [kind, result, expected] of cases) {
    it(`${kind}: ${result.replaceAll("\n", " ")}`, () => {
      assert.deepEqual([...mutated(kind, result)].toSorted(), [...expected].toSorted());
    });
  }

  it("negates the result of a function that returns a boolean through another one", () => {
    const source =
      "function f() { return g(); } function g() { return a == b; } function h() { return k(); }";
    assert.deepEqual(mutatedRule("negate", source), [
      source.replace("return g()", "return !(g())"),
    ]);
  });
});

describe("the mutants of a rule", () => {
  it("allow other operations of the same family", () => {
    assert.deepEqual(mutatedRule("widen verbs", "allow get, create, delete: if a;"), [
      "allow get, create, delete, list: if a;",
      "allow get, create, delete, update: if a;",
    ]);
    assert.deepEqual(mutatedRule("widen verbs", "allow read, write;"), []);
  });

  it("allow without a condition", () => {
    assert.deepEqual(
      mutatedRule("always allow", "allow read: if a\n || b; allow get: if true; allow list;"),
      ["allow read: if true\n; allow get: if true; allow list;"],
    );
    assert.deepEqual(mutatedRule("always allow", "allow write: if false;"), [
      "allow write: if true;",
    ]);
  });
});

describe("the names of mutants", () => {
  const source = `service cloud.firestore {
  match /databases/{database}/documents {
    match /users/{uid} {
      function isOk(a) {
        return a.size() > 0
          // Not too long.
          && a.size() <
            5;
      }
      allow get: if isOk(a) || isOk(a) && b;
    }
  }
}`;

  it("name the place, and are unique", () => {
    const mutants = mutantsOf(source);
    const ids = mutants.map(({ id }) => id);
    assert.deepEqual(
      mutants.filter(({ kind }) => kind === "shift bound").map(({ line, id }) => [line, id]),
      [
        [5, "shift bound | /users/{uid} function isOk | a.size() > 0 → a.size() > -1"],
        [5, "shift bound | /users/{uid} function isOk | a.size() > 0 → a.size() > 1"],
        [8, "shift bound | /users/{uid} function isOk | a.size() < 5 → a.size() < 4"],
        [8, "shift bound | /users/{uid} function isOk | a.size() < 5 → a.size() < 6"],
      ],
    );
    assert.deepEqual(
      ids.filter((id) => id.startsWith("negate") && id.includes("allow get")),
      [
        "negate | /users/{uid} allow get | isOk(a) → !(isOk(a))",
        "negate | /users/{uid} allow get | isOk(a) → !(isOk(a)) (2)",
        "negate | /users/{uid} allow get | b → !(b)",
      ],
    );
    assert.equal(new Set(ids).size, ids.length);
  });

  it("stay the same when other lines change, and so do the line numbers of the mutated rules", () => {
    const moved = mutantsOf(`// A comment.\n${source}`);
    assert.deepEqual(
      moved.map(({ id, line }) => [id, line - 1]),
      mutantsOf(source).map(({ id, line }) => [id, line]),
    );
    for (const { rules } of mutantsOf(source)) {
      assert.equal(rules.split("\n").length, source.split("\n").length);
    }
  });
});
