import { isRecord } from "../files/json.js";

/**
 * The part of Google's filter language that the files in `operate/` use, for log entries and for time series:
 * comparisons with `=`, `!=`, `:`, `>=`, `>`, `<=`, `<`, `=~` and `!~`, `(… OR …)` and `one_of(…)` as values, AND, OR, NOT and
 * parentheses. https://cloud.google.com/logging/docs/view/logging-query-language,
 * https://cloud.google.com/monitoring/api/v3/filters
 */
export function matchesFilter(filter: string, record: unknown): boolean {
  const tokens = tokensOf(filter);
  const isMatch = either(tokens, record);
  const rest = tokens.peek();
  if (rest !== undefined) throw new FilterError(`unexpected ${rest} in ${filter}`);
  return isMatch;
}

export class FilterError extends Error {
  override readonly name = "FilterError";
}

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[A-Za-z0-9_.\-/]+|=~|!~|!=|>=|<=|[=:><(),*])/y;
const OPERATORS = new Set(["=", "!=", ":", ">=", ">", "<=", "<", "=~", "!~"]);
const SEVERITIES = ["DEFAULT", "DEBUG", "INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL"];

interface Tokens {
  peek(): string | undefined;
  next(): string;
  accept(token: string): boolean;
}

function tokensOf(filter: string): Tokens {
  const found: string[] = [];
  const text = filter.trim();
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw new FilterError(`cannot read ${text.slice(at)}`);
    found.push(token);
  }
  const peek = () => found[0];
  return {
    peek,
    next() {
      const token = found.shift();
      if (token === undefined) throw new FilterError(`${filter} ends too early`);
      return token;
    },
    accept(token) {
      if (peek() !== token) return false;
      found.shift();
      return true;
    },
  };
}

function either(tokens: Tokens, record: unknown): boolean {
  let result = both(tokens, record);
  while (tokens.accept("OR")) {
    const right = both(tokens, record);
    result ||= right;
  }
  return result;
}

function both(tokens: Tokens, record: unknown): boolean {
  let result = one(tokens, record);
  while (tokens.accept("AND")) {
    const right = one(tokens, record);
    result &&= right;
  }
  return result;
}

function one(tokens: Tokens, record: unknown): boolean {
  if (tokens.accept("NOT")) return !one(tokens, record);
  if (tokens.accept("(")) {
    const result = either(tokens, record);
    expectToken(tokens, ")");
    return result;
  }
  const found = valueAt(record, tokens.next());
  const operator = tokens.next();
  if (!OPERATORS.has(operator)) throw new FilterError(`${operator} is not an operator`);
  // All values are read before any is compared.
  return valuesIn(tokens).some((value) => compares(found, operator, value));
}

function valuesIn(tokens: Tokens): readonly string[] {
  const separator = tokens.accept("one_of") ? "," : "OR";
  if (separator === ",") expectToken(tokens, "(");
  else if (!tokens.accept("(")) return [unquoted(tokens.next())];
  const values = [unquoted(tokens.next())];
  while (tokens.accept(separator)) values.push(unquoted(tokens.next()));
  expectToken(tokens, ")");
  return values;
}

function compares(found: unknown, operator: string, value: string): boolean {
  if (operator === ":" && value === "*") return found !== undefined;
  if (found === undefined) return false;
  const text = typeof found === "string" ? found : JSON.stringify(found);
  switch (operator) {
    case "=":
      return text === value;
    case "!=":
      return text !== value;
    case ":":
      return text.includes(value);
    case "=~":
      return new RegExp(value).test(text);
    case "!~":
      return !new RegExp(value).test(text);
    default:
      return isOrdered(rankOf(text), operator, rankOf(value));
  }
}

function isOrdered(left: number, operator: string, right: number): boolean {
  if (operator === ">=") return left >= right;
  if (operator === ">") return left > right;
  return operator === "<=" ? left <= right : left < right;
}

function rankOf(text: string): number {
  return SEVERITIES.includes(text) ? SEVERITIES.indexOf(text) : Number(text);
}

function valueAt(record: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, part) => (isRecord(value) ? value[part] : undefined), record);
}

function unquoted(token: string): string {
  return token.startsWith('"') ? token.slice(1, -1).replaceAll(/\\(.)/g, "$1") : token;
}

function expectToken(tokens: Tokens, token: string): void {
  const found = tokens.next();
  if (found !== token) throw new FilterError(`${found} instead of ${token}`);
}
