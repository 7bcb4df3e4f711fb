import { parseArgs } from "node:util";
import { LaunchError } from "../../local/launchError.js";
import {
  audienceKind,
  REACTION_SECONDS,
  scenarioOf,
  type AudienceKind,
  type Scenario,
} from "./scenario.js";

export const USAGE = `npm run cost [-- options]

Without options: a table for audiences of 10, 1,000, 10,000 and 100,000.

  --audience KIND   how active listeners are: quiet, lively (default) or wild
  --minutes M       how long the show lasts (60)
  --music SHARE     the share of the time with music, 0 to 1 (0.5)
  --listeners N     a single show of this size
  --comments R      its comments per second (default: as the audience's kind)
  --reactions R     its writes of reactions per second (likewise)
  --joins R         its joins per second; as many leave (likewise)
  --write           writes the table and the chart of docs/SCALE.md
  --help            this text`;

/** What the command should do. */
export type Order =
  | { readonly kind: "help" }
  | { readonly kind: "write" }
  | { readonly kind: "shows"; readonly scenarios: readonly Scenario[] };

export const SIZES = [10, 1_000, 10_000, 100_000];
const OF_ONE_SHOW = ["comments", "reactions", "joins"] as const;

/** Parses the command line. An invalid option is a LaunchError that names it. */
export function orderOf(args: readonly string[]): Order {
  const given = parsed(args);
  if (given.help === true) return { kind: "help" };
  if (given.write === true) {
    const other = Object.keys(given).find((name) => name !== "write");
    if (other !== undefined) refuse("write", `cannot be combined with --${other}`);
    return { kind: "write" };
  }
  const kind = audienceOf(given.audience);
  const times = {
    minutes: numberOf("minutes", given.minutes, 60, { above: 0 }),
    musicShare: numberOf("music", given.music, 0.5, { min: 0, max: 1 }),
  };
  if (given.listeners === undefined) {
    const lonely = OF_ONE_SHOW.find((name) => given[name] !== undefined);
    if (lonely !== undefined)
      refuse(lonely, "requires --listeners, because it is the rate of one show");
    return { kind: "shows", scenarios: SIZES.map((size) => scenarioOf(kind, size, times)) };
  }
  const listeners = numberOf("listeners", given.listeners, 0, { min: 1 });
  const usual = scenarioOf(kind, listeners, times);
  const scenario: Scenario = {
    ...usual,
    commentsPerSecond: numberOf("comments", given.comments, usual.commentsPerSecond, {
      min: 0,
      max: listeners,
      because: `${listeners} listeners write at most one per second each`,
    }),
    reactionsPerSecond: numberOf("reactions", given.reactions, usual.reactionsPerSecond, {
      min: 0,
      max: listeners / REACTION_SECONDS,
      because: `${listeners} listeners write at most one per ${REACTION_SECONDS} s each`,
    }),
    joinsPerSecond: numberOf("joins", given.joins, usual.joinsPerSecond, { min: 0 }),
  };
  return { kind: "shows", scenarios: [scenario] };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        audience: { type: "string" },
        minutes: { type: "string" },
        music: { type: "string" },
        listeners: { type: "string" },
        comments: { type: "string" },
        reactions: { type: "string" },
        joins: { type: "string" },
        write: { type: "boolean" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    // Node's message names the option but sometimes continues with advice on quoting.
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new LaunchError(`${reason}\n\n${USAGE}`);
  }
}

function audienceOf(text: string | undefined): AudienceKind {
  const kind = audienceKind.safeParse(text ?? "lively");
  if (kind.success) return kind.data;
  return refuse("audience", `is "${text}": it must be one of ${audienceKind.options.join(", ")}`);
}

interface Range {
  readonly min?: number;
  readonly above?: number;
  readonly max?: number;
  readonly because?: string;
}

function numberOf(name: string, text: string | undefined, usual: number, range: Range): number {
  if (text === undefined) return usual;
  const value = text.trim() === "" ? NaN : Number(text);
  if (!Number.isFinite(value)) refuse(name, `is "${text}": it must be a number`);
  const { min, above, max, because } = range;
  if (min !== undefined && value < min) refuse(name, `is ${text}: the minimum is ${min}`);
  if (above !== undefined && value <= above)
    refuse(name, `is ${text}: it must be more than ${above}`);
  if (max !== undefined && value > max) {
    refuse(
      name,
      `is ${text}: the maximum is ${max}${because === undefined ? "" : ` because ${because}`}`,
    );
  }
  return value;
}

function refuse(name: string, why: string): never {
  throw new LaunchError(`--${name} ${why}.`);
}
