import type { Range } from "./ast.js";

export interface Token extends Range {
  readonly type: "name" | "number" | "string" | "symbol" | "end";
  readonly text: string;
}

/** The source has a syntax error. */
export class RulesSyntaxError extends Error {
  readonly line: number;

  constructor(message: string, source: string, offset: number) {
    const line = lineOf(source, offset);
    super(`line ${line}: ${message}`);
    this.name = "RulesSyntaxError";
    this.line = line;
  }
}

export function lineOf(source: string, offset: number): number {
  return source.slice(0, offset).split("\n").length;
}

const SPACE = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
const NAME = /[A-Za-z_]\w*/y;
const NUMBER = /(?:\d+\.\d*|\.\d+|\d+)(?:[eE][+-]?\d+)?/y;
const STRING = /'(?:[^'\\\n]|\\[^])*'|"(?:[^"\\\n]|\\[^])*"/y;
const SYMBOL = /&&|\|\||[=!<>]=|[<>=!?:;,.(){}[\]+\-*/%$]/y;
/** A fixed part of a path in an expression, and of one after `match`, where no member can follow. */
const SEGMENT = /[\w~@-]+|\([\w-]+\)/y;
const PATTERN = /(?:\/(?:\{\w+(?:=\*\*)?\}|[^\s/{}]+))+|\//y;

/** Reads tokens one by one. A `/` means division or a path, so the parser asks for paths explicitly. */
export class Tokens {
  readonly source: string;
  #offset = 0;
  #next: Token | undefined;

  constructor(source: string) {
    this.source = source;
  }

  peek(): Token {
    this.#next ??= this.#read();
    return this.#next;
  }

  take(): Token {
    const token = this.peek();
    this.#offset = token.end;
    this.#next = undefined;
    return token;
  }

  /** The next token, if no space precedes it. */
  takeAdjacent(kind: "segment" | "$"): Token | undefined {
    const matched = this.#match(kind === "segment" ? SEGMENT : /\$/y, this.#offset);
    return matched === undefined ? undefined : this.#advance({ ...matched, type: "symbol" });
  }

  /** The path after `match`. */
  takePattern(): Token {
    const { start } = this.peek();
    const matched = this.#match(PATTERN, start);
    if (matched === undefined) throw this.unexpected("a path");
    return this.#advance({ ...matched, type: "symbol" });
  }

  unexpected(expected: string): RulesSyntaxError {
    const { text, start } = this.peek();
    return this.error(`expected ${expected}, found ${text === "" ? "the end" : text}`, start);
  }

  error(message: string, offset: number): RulesSyntaxError {
    return new RulesSyntaxError(message, this.source, offset);
  }

  #advance(token: Token): Token {
    this.#offset = token.end;
    this.#next = undefined;
    return token;
  }

  #read(): Token {
    const start = this.#match(SPACE, this.#offset)?.end ?? this.#offset;
    if (start === this.source.length) return { type: "end", text: "", start, end: start };
    const patterns = [
      ["name", NAME],
      ["number", NUMBER],
      ["string", STRING],
      ["symbol", SYMBOL],
    ] as const;
    for (const [type, pattern] of patterns) {
      const matched = this.#match(pattern, start);
      if (matched !== undefined) return { type, ...matched };
    }
    throw this.error(`unexpected character ${this.source[start] ?? ""}`, start);
  }

  #match(pattern: RegExp, start: number): (Range & { readonly text: string }) | undefined {
    pattern.lastIndex = start;
    const text = pattern.exec(this.source)?.[0];
    return text === undefined ? undefined : { text, start, end: start + text.length };
  }
}
