import type {
  Allow,
  BinaryOperator,
  Expression,
  FunctionDeclaration,
  Item,
  PathSegment,
  RulesFile,
} from "./ast.js";
import { type Token, Tokens } from "./tokens.js";

/** Parses a whole rules file. */
export function parseRules(source: string): RulesFile {
  const tokens = new Tokens(source);
  let version: string | undefined;
  if (isNext(tokens, "rules_version")) {
    tokens.take();
    expect(tokens, "=");
    version = takeOf(tokens, "string", "a version").text.slice(1, -1);
    skip(tokens, ";");
  }
  const items: Item[] = [];
  while (tokens.peek().type !== "end") items.push(parseItem(tokens));
  return { version, items };
}

/** Parses a text that is one expression. */
export function parseExpression(source: string): Expression {
  const tokens = new Tokens(source);
  const expression = parseConditional(tokens);
  if (tokens.peek().type !== "end") throw tokens.unexpected("the end");
  return expression;
}

function parseItem(tokens: Tokens): Item {
  const keyword = tokens.peek();
  const { start } = keyword;
  switch (keyword.text) {
    case "service": {
      tokens.take();
      let name = takeOf(tokens, "name", "the name of a service").text;
      while (skip(tokens, ".")) name += `.${takeOf(tokens, "name", "a name").text}`;
      return { type: "service", name, ...parseBlock(tokens, start) };
    }
    case "match": {
      tokens.take();
      const path = tokens.takePattern().text;
      return { type: "match", path, ...parseBlock(tokens, start) };
    }
    case "allow":
      return parseAllow(tokens);
    case "function":
      return parseFunction(tokens);
    default:
      throw tokens.unexpected("service, match, allow or function");
  }
}

function parseBlock(tokens: Tokens, start: number) {
  expect(tokens, "{");
  const items: Item[] = [];
  while (!isNext(tokens, "}")) items.push(parseItem(tokens));
  return { items, start, end: tokens.take().end };
}

function parseAllow(tokens: Tokens): Allow {
  const { start } = tokens.take();
  const verbs: Allow["verbs"][number][] = [];
  do {
    const verb = takeOf(tokens, "name", "an operation");
    verbs.push({ name: verb.text, start: verb.start, end: verb.end });
  } while (skip(tokens, ","));
  let condition: Expression | undefined;
  if (skip(tokens, ":")) {
    expect(tokens, "if");
    condition = parseConditional(tokens);
  }
  const end = skip(tokens, ";")?.end ?? condition?.end ?? verbs.at(-1)?.end ?? start;
  return { type: "allow", verbs, condition, start, end };
}

function parseFunction(tokens: Tokens): FunctionDeclaration {
  const { start } = tokens.take();
  const name = takeOf(tokens, "name", "the name of a function").text;
  expect(tokens, "(");
  const { elements: parameters } = parseList(
    tokens,
    ")",
    () => takeOf(tokens, "name", "a parameter").text,
  );
  expect(tokens, "{");
  const lets: FunctionDeclaration["lets"][number][] = [];
  while (isNext(tokens, "let")) {
    tokens.take();
    const variable = takeOf(tokens, "name", "a variable").text;
    expect(tokens, "=");
    lets.push({ name: variable, value: parseConditional(tokens) });
    skip(tokens, ";");
  }
  expect(tokens, "return");
  const result = parseConditional(tokens);
  skip(tokens, ";");
  const { end } = expect(tokens, "}");
  return { type: "function", name, parameters, lets, result, start, end };
}

function parseConditional(tokens: Tokens): Expression {
  const condition = parseBinary(tokens, 0);
  if (!skip(tokens, "?")) return condition;
  const then = parseConditional(tokens);
  expect(tokens, ":");
  const otherwise = parseConditional(tokens);
  return {
    type: "conditional",
    condition,
    then,
    otherwise,
    start: condition.start,
    end: otherwise.end,
  };
}

/** From lowest to highest precedence. All are left-associative. */
const precedence: readonly (readonly (BinaryOperator | "is")[])[] = [
  ["||"],
  ["&&"],
  ["==", "!="],
  ["in", "is"],
  ["<", "<=", ">", ">="],
  ["+", "-"],
  ["*", "/", "%"],
];

function parseBinary(tokens: Tokens, level: number): Expression {
  const operators = precedence[level];
  if (operators === undefined) return parseUnary(tokens);
  let left = parseBinary(tokens, level + 1);
  for (;;) {
    const operator = operators.find((each) => isNext(tokens, each));
    if (operator === undefined) return left;
    const at = tokens.take();
    const { start } = left;
    if (operator === "is") {
      const type = takeOf(tokens, "name", "a type");
      left = { type: "is", value: left, typeName: type.text, start, end: type.end };
    } else {
      const right = parseBinary(tokens, level + 1);
      left = {
        type: "binary",
        operator,
        at: { start: at.start, end: at.end },
        left,
        right,
        start,
        end: right.end,
      };
    }
  }
}

function parseUnary(tokens: Tokens): Expression {
  for (const operator of ["!", "-"] as const) {
    if (!isNext(tokens, operator)) continue;
    const { start } = tokens.take();
    const operand = parseUnary(tokens);
    return { type: "unary", operator, operand, start, end: operand.end };
  }
  return parsePostfix(tokens, parsePrimary(tokens));
}

function parsePostfix(tokens: Tokens, object: Expression): Expression {
  const { start } = object;
  if (skip(tokens, ".")) {
    const { text: name, end } = takeOf(tokens, "name", "a member");
    return parsePostfix(tokens, { type: "member", object, name, start, end });
  }
  if (skip(tokens, "[")) {
    const index = parseConditional(tokens);
    const to = skip(tokens, ":") ? parseConditional(tokens) : undefined;
    const { end } = expect(tokens, "]");
    return parsePostfix(
      tokens,
      to === undefined
        ? { type: "index", object, index, start, end }
        : { type: "range", object, from: index, to, start, end },
    );
  }
  if (skip(tokens, "(")) {
    const { elements, end } = parseList(tokens, ")", () => parseConditional(tokens));
    return parsePostfix(tokens, {
      type: "call",
      callee: object,
      arguments: elements,
      start,
      end,
    });
  }
  return object;
}

function parsePrimary(tokens: Tokens): Expression {
  const { type, text, start, end } = tokens.peek();
  if (text === "/") return parsePath(tokens);
  if (type === "number" || type === "string" || type === "name") {
    tokens.take();
    if (text === "true" || text === "false") return { type: "boolean", text, start, end };
    return { type: text === "null" ? "null" : type, text, start, end };
  }
  if (skip(tokens, "(")) {
    const inner = parseConditional(tokens);
    return { type: "group", inner, start, end: expect(tokens, ")").end };
  }
  if (skip(tokens, "[")) {
    return { type: "list", start, ...parseList(tokens, "]", () => parseConditional(tokens)) };
  }
  if (skip(tokens, "{")) {
    const { elements: entries, end: closed } = parseList(tokens, "}", () => {
      const key = parseConditional(tokens);
      expect(tokens, ":");
      return { key, value: parseConditional(tokens) };
    });
    return { type: "map", entries, start, end: closed };
  }
  throw tokens.unexpected("an expression");
}

/** `/users/$(request.auth.uid)`. Ends at a space, or at a character that no segment contains. */
function parsePath(tokens: Tokens): Expression {
  const segments: PathSegment[] = [];
  const { start } = tokens.peek();
  let { end } = tokens.peek();
  while (isNext(tokens, "/") && (segments.length === 0 || tokens.peek().start === end)) {
    tokens.take();
    if (tokens.takeAdjacent("$")) {
      expect(tokens, "(");
      const value = parseConditional(tokens);
      ({ end } = expect(tokens, ")"));
      segments.push({ value });
    } else {
      const segment = tokens.takeAdjacent("segment");
      if (segment === undefined) throw tokens.unexpected("a segment of a path");
      ({ end } = segment);
      segments.push({ text: segment.text });
    }
  }
  return { type: "path", segments, start, end };
}

/** Up to and including the closing symbol, after the opening one. A trailing comma is allowed. */
function parseList<Element>(
  tokens: Tokens,
  closing: string,
  parseElement: () => Element,
): { readonly elements: readonly Element[]; readonly end: number } {
  const elements: Element[] = [];
  while (!isNext(tokens, closing)) {
    elements.push(parseElement());
    if (!skip(tokens, ",")) break;
  }
  return { elements, end: expect(tokens, closing).end };
}

/** Whether the next token is this symbol or word, and not a string with the same text. */
function isNext(tokens: Tokens, text: string): boolean {
  return tokens.peek().text === text;
}

function skip(tokens: Tokens, text: string): Token | undefined {
  return isNext(tokens, text) ? tokens.take() : undefined;
}

function expect(tokens: Tokens, text: string): Token {
  if (!isNext(tokens, text)) throw tokens.unexpected(text);
  return tokens.take();
}

function takeOf(tokens: Tokens, type: Token["type"], expected: string): Token {
  if (tokens.peek().type !== type) throw tokens.unexpected(expected);
  return tokens.take();
}
