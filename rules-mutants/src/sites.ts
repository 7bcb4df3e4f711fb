import { type Allow, type Expression, type Item, partsOf, type RulesFile } from "./syntax/ast.js";

/** A place where a mutator can act. */
export type Site = AllowSite | ExpressionSite;

export interface AllowSite {
  readonly type: "allow";
  /** The enclosing matches and function or rule, such as `/users/{uid} allow get`. */
  readonly scope: string;
  readonly allow: Allow;
}

export interface ExpressionSite {
  readonly type: "expression";
  readonly scope: string;
  readonly expression: Expression;
  /** Whether the language expects a boolean here. */
  readonly isCondition: boolean;
  /** Whether it is one term of an `&&` chain. */
  readonly isConjunct: boolean;
  /** The term of a condition around it, or the whole expression: names use it to tell equal texts apart. */
  readonly term: Expression;
}

/** All sites of a file, in the order of their text. */
export function sitesOf({ items }: RulesFile): readonly Site[] {
  return items.flatMap((item) => sitesOfItem(item, "", booleanFunctionsOf(items)));
}

function sitesOfItem(item: Item, path: string, booleans: ReadonlySet<string>): readonly Site[] {
  switch (item.type) {
    case "service":
      return item.items.flatMap((each) => sitesOfItem(each, path, booleans));
    case "match": {
      const inner = item.path === DOCUMENTS ? path : path + item.path;
      return item.items.flatMap((each) => sitesOfItem(each, inner, booleans));
    }
    case "allow": {
      const verbs = item.verbs.map(({ name }) => name).join(", ");
      const scope = `${path} allow ${verbs}`.trim();
      const { condition } = item;
      return [
        { type: "allow", scope, allow: item },
        ...(condition === undefined ? [] : topSites(condition, scope, true)),
      ];
    }
    case "function": {
      const scope = `${path} function ${item.name}`.trim();
      return [...item.lets.map(({ value }) => value), item.result].flatMap((value) =>
        topSites(value, scope, isBoolean(value, booleans)),
      );
    }
  }
}

/** Around all documents of Firestore, so names omit it. */
const DOCUMENTS = "/databases/{database}/documents";

function topSites(expression: Expression, scope: string, isCondition: boolean): readonly Site[] {
  return expressionSites({
    type: "expression",
    scope,
    expression,
    isCondition,
    isConjunct: false,
    term: expression,
  });
}

function expressionSites(site: ExpressionSite): readonly ExpressionSite[] {
  const { expression, isCondition, term } = site;
  return [
    site,
    ...partsOf(expression).flatMap((part) => {
      const isTerm = isTermOf(expression, part, isCondition);
      return expressionSites({
        ...site,
        expression: part,
        isCondition: isTerm,
        isConjunct: isTerm && isLogic(expression, "&&") && !isLogic(part, "&&"),
        term: isTerm ? part : term,
      });
    }),
  ];
}

/** Whether a part of an expression is a condition. `!a` is one term, and `!(a && b)` has terms of its own. */
function isTermOf(whole: Expression, part: Expression, isCondition: boolean): boolean {
  switch (whole.type) {
    case "group":
      return isCondition;
    case "conditional":
      return isCondition || part === whole.condition;
    case "unary":
      return whole.operator === "!" && part.type === "group";
    case "binary":
      return isLogic(whole);
    default:
      return false;
  }
}

export function isLogic(expression: Expression, operator?: "&&" | "||"): boolean {
  if (expression.type !== "binary") return false;
  return operator === undefined
    ? expression.operator === "&&" || expression.operator === "||"
    : expression.operator === operator;
}

/** Functions whose result is visibly a boolean. */
function booleanFunctionsOf(items: readonly Item[]): ReadonlySet<string> {
  const functions = functionsOf(items);
  const found = new Set<string>();
  for (let size = -1; size < found.size;) {
    ({ size } = found);
    for (const { name, result } of functions) if (isBoolean(result, found)) found.add(name);
  }
  return found;
}

function functionsOf(items: readonly Item[]): readonly (Item & { type: "function" })[] {
  return items.flatMap((item) => {
    if (item.type === "function") return [item];
    return item.type === "allow" ? [] : functionsOf(item.items);
  });
}

const comparisons: ReadonlySet<string> = new Set([
  "||",
  "&&",
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "in",
]);
const booleanMethods: ReadonlySet<string> = new Set(["hasAll", "hasAny", "hasOnly", "matches"]);

function isBoolean(expression: Expression, booleanFunctions: ReadonlySet<string>): boolean {
  switch (expression.type) {
    case "boolean":
    case "is":
      return true;
    case "group":
      return isBoolean(expression.inner, booleanFunctions);
    case "unary":
      return expression.operator === "!";
    case "binary":
      return comparisons.has(expression.operator);
    case "conditional":
      return isBoolean(expression.then, booleanFunctions);
    case "call": {
      const { callee } = expression;
      if (callee.type === "member") return booleanMethods.has(callee.name);
      return (
        callee.type === "name" &&
        (callee.text.startsWith("exists") || booleanFunctions.has(callee.text))
      );
    }
    default:
      return false;
  }
}
