import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../local/files/paths.js";
import { type Expression, type Item, partsOf } from "../src/syntax/ast.js";
import { parseExpression, parseRules } from "../src/syntax/parse.js";

/** An expression with its structure as parentheses, and without positions. */
function outline(expression: Expression): string {
  switch (expression.type) {
    case "number":
    case "string":
    case "boolean":
    case "null":
    case "name":
      return expression.text;
    case "path":
      return expression.segments
        .map((segment) => `/${"value" in segment ? `$${outline(segment.value)}` : segment.text}`)
        .join("");
    case "list":
      return `[${expression.elements.map(outline).join(" ")}]`;
    case "map":
      return `{${expression.entries.map(({ key, value }) => `${outline(key)}:${outline(value)}`).join(" ")}}`;
    case "group":
      return `<${outline(expression.inner)}>`;
    case "unary":
      return `(${expression.operator} ${outline(expression.operand)})`;
    case "binary":
      return `(${outline(expression.left)} ${expression.operator} ${outline(expression.right)})`;
    case "is":
      return `(${outline(expression.value)} is ${expression.typeName})`;
    case "conditional":
      return `(${outline(expression.condition)} ? ${outline(expression.then)} : ${outline(expression.otherwise)})`;
    case "member":
      return `${outline(expression.object)}.${expression.name}`;
    case "index":
      return `${outline(expression.object)}[${outline(expression.index)}]`;
    case "range":
      return `${outline(expression.object)}[${outline(expression.from)}:${outline(expression.to)}]`;
    case "call":
      return `${outline(expression.callee)}(${expression.arguments.map(outline).join(" ")})`;
  }
}

function expressionsOf(item: Item): readonly Expression[] {
  switch (item.type) {
    case "allow":
      return item.condition === undefined ? [] : [item.condition];
    case "function":
      return [...item.lets.map(({ value }) => value), item.result];
    default:
      return item.items.flatMap(expressionsOf);
  }
}

const withParts = (expression: Expression): readonly Expression[] => [
  expression,
  ...partsOf(expression).flatMap(withParts),
];

describe("the parser of expressions", () => {
  const outlines: readonly [string, string][] = [
    ["a || b && c", "(a || (b && c))"],
    ["a && b && c", "((a && b) && c)"],
    ["a == b || c != d", "((a == b) || (c != d))"],
    ["a < b == c >= d", "((a < b) == (c >= d))"],
    ["!a.b && !c()", "((! a.b) && (! c()))"],
    ["a in b == c is string", "((a in b) == (c is string))"],
    ["a + b * c - d % e", "((a + (b * c)) - (d % e))"],
    ["-1 - -x", "((- 1) - (- x))"],
    ["a / b / 2", "((a / b) / 2)"],
    ["(a || b) && c", "(<(a || b)> && c)"],
    ["a ? b : c ? d : e", "(a ? b : (c ? d : e))"],
    ["a == null ? {} : a.data", "((a == null) ? {} : a.data)"],
    ["a[0][1:size - 1]", "a[0][1:(size - 1)]"],
    ["f(a, [1, 2.5, 1e3], {'k': v, 'l': [],})", "f(a [1 2.5 1e3] {'k':v 'l':[]})"],
    [`a == "it's" && b == 'a \\' b'`, `((a == "it's") && (b == 'a \\' b'))`],
    ["get(/users/$(request.auth.uid)).data.a", "get(/users/$request.auth.uid).data.a"],
    [
      "exists(/databases/(default)/documents/a-b/c_1)",
      "exists(/databases/(default)/documents/a-b/c_1)",
    ],
    ["exists(/a/$(x + '-' + y)/b) && c", "(exists(/a/$((x + '-') + y)/b) && c)"],
    ["path('a') == /b/c", "(path('a') == /b/c)"],
    ["a // b && c\n && /* d */ e", "(a && e)"],
    ["inside && isOk && nullable", "((inside && isOk) && nullable)"],
    ["true == null", "(true == null)"],
  ];
  for (const [text, expected] of outlines) {
    it(`reads ${text.replaceAll("\n", " ")}`, () => {
      assert.equal(outline(parseExpression(text)), expected);
    });
  }

  const refused: readonly [string, RegExp][] = [
    ["a &&", /line 1: expected an expression, found the end/],
    ["a\n&& b)", /line 2: expected the end, found \)/],
    ["(a", /expected \), found the end/],
    ["a ? b", /expected :, found the end/],
    ["f(a b)", /expected \), found b/],
    ["'open", /unexpected character '/],
    ["a & b", /unexpected character &/],
    ["get(/a/ b)", /expected a segment of a path, found b/],
    ["a is 3", /expected a type, found 3/],
  ];
  for (const [text, message] of refused) {
    it(`refuses ${text.replaceAll("\n", " ")}`, () => {
      assert.throws(() => parseExpression(text), { name: "RulesSyntaxError", message });
    });
  }
});

describe("the parser of rules", () => {
  it("reads services, matches, functions and rules with their source ranges", () => {
    const source = `rules_version = '2';
service firebase.storage {
  match /b/{bucket}/o {
    match /images/{all=**} { allow read; allow create, update: if isSmall(5) }
    function isSmall(most) {
      let size = request.resource.size;
      let limit = most * 1024;
      return size < limit;
    }
  }
}
`;
    const { version, items } = parseRules(source);
    const shape = (item: Item): unknown => {
      const text = source.slice(item.start, item.end);
      switch (item.type) {
        case "allow":
          return text;
        case "function":
          return [item.name, item.parameters, item.lets.map(({ name }) => name), text.at(-1)];
        case "match":
          return [item.path, item.items.map(shape)];
        case "service":
          return [item.name, item.items.map(shape)];
      }
    };
    assert.equal(version, "2");
    assert.deepEqual(items.map(shape), [
      [
        "firebase.storage",
        [
          [
            "/b/{bucket}/o",
            [
              ["/images/{all=**}", ["allow read;", "allow create, update: if isSmall(5)"]],
              ["isSmall", ["most"], ["size", "limit"], "}"],
            ],
          ],
        ],
      ],
    ]);
  });

  it("refuses invalid rules, and names the line", () => {
    for (const [source, message] of [
      ["service cloud.firestore {", /line 1: expected service, match, allow or function/],
      ["service cloud.firestore {\n  match users {}\n}", /line 2: expected a path, found users/],
      ["service a {\n\n  allow read: when true;\n}", /line 3: expected if, found when/],
      ["function f() { let a = 1; }", /expected return, found }/],
    ] as const) {
      assert.throws(() => parseRules(source), { name: "RulesSyntaxError", message });
    }
  });

  it("gives every expression of this repository's rules its source range", async () => {
    let count = 0;
    for await (const file of glob("{firestore.rules,{local,test}/**/*.rules}", { cwd: root })) {
      const source = readFileSync(join(root, file), "utf8");
      for (const top of parseRules(source).items.flatMap(expressionsOf)) {
        for (const expression of withParts(top)) {
          const again = parseExpression(source.slice(expression.start, expression.end));
          assert.equal(outline(again), outline(expression));
          count += 1;
        }
      }
    }
    assert.ok(count > 2_000, `${count}`);
  });
});
