import { type MutantKind, mutators } from "./mutators/index.js";
import { sitesOf } from "./sites.js";
import type { Range } from "./syntax/ast.js";
import { parseRules } from "./syntax/parse.js";
import { lineOf } from "./syntax/tokens.js";

/** The rules with one small fault. */
export interface Mutant {
  /** Has no line number, so that it survives changes of other lines. */
  readonly id: string;
  readonly kind: MutantKind;
  readonly scope: string;
  readonly line: number;
  /** The part of the original text that it replaces. */
  readonly range: Range;
  /** The rule or expression that it changes. */
  readonly site: Range;
  /** The whole mutated rules, with the original's line numbers. */
  readonly rules: string;
}

/** All mutants of a rules file, in the order of its text. */
export function mutantsOf(source: string): readonly Mutant[] {
  const textOf = ({ start, end }: Range): string => source.slice(start, end);
  const seen = new Map<string, number>();
  return sitesOf(parseRules(source)).flatMap((site) =>
    kinds.flatMap((kind) =>
      mutators[kind](site, textOf).map(({ start, end, replacement, before, after }): Mutant => {
        const name = `${kind} | ${site.scope} | ${short(before)} → ${short(after)}`;
        const count = (seen.get(name) ?? 0) + 1;
        seen.set(name, count);
        return {
          id: count === 1 ? name : `${name} (${count})`,
          kind,
          scope: site.scope,
          line: lineOf(source, start),
          range: { start, end },
          site: site.type === "allow" ? site.allow : site.expression,
          rules: spliced(source, { start, end }, replacement),
        };
      }),
    ),
  );
}

const kinds = Object.keys(mutators).filter((name): name is MutantKind => name in mutators);

const MAX_LENGTH = 120;

function short(text: string): string {
  const line = text.replace(/\s*\/\/[^\n]*/g, "").replace(/\s+/g, " ");
  return line.length <= MAX_LENGTH ? line : `${line.slice(0, MAX_LENGTH - 1)}…`;
}

function spliced(source: string, { start, end }: Range, replacement: string): string {
  const missing = newlinesIn(source.slice(start, end)) - newlinesIn(replacement);
  return source.slice(0, start) + replacement + "\n".repeat(missing) + source.slice(end);
}

function newlinesIn(text: string): number {
  return text.split("\n").length - 1;
}
