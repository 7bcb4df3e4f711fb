import { parseArgs } from "node:util";
import { z } from "zod";
import { LaunchError } from "../../local/launchError.js";

export const USAGE = `Usage: npm run bench:scale -- [options]
  --listeners N   phones that listen through @ambient/client (60); half as many listen naively
  --seconds N     how long each rate of comments is watched (20)
  --processes N   processes that the listening phones are spread over (2)
  --joins N       people who join within ten seconds (1000)
  --keep          puts the counts into bench/cost/coefficients.json`;

const count = z.coerce.number().int().positive();
const options = z.object({
  listeners: count,
  seconds: count,
  processes: count,
  joins: count,
  keep: z.boolean(),
});
export type Options = z.infer<typeof options>;

/** Parses the arguments. Undefined if only the usage should be printed. */
export function optionsOf(args: readonly string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        help: { type: "boolean", default: false },
        listeners: { type: "string", default: "60" },
        seconds: { type: "string", default: "20" },
        processes: { type: "string", default: "2" },
        joins: { type: "string", default: "1000" },
        keep: { type: "boolean", default: false },
      },
    });
    return values.help ? undefined : options.parse(values);
  } catch (error) {
    throw new LaunchError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}
