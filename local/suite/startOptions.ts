import { parseArgs } from "node:util";

/** How `npm start` serves the demo: as it is built or, with `--dev`, by Vite's development server, whose pages follow the source. */
export function startOptions(args: readonly string[]): { readonly reloads: boolean } {
  const { values } = parseArgs({
    args: [...args],
    options: { dev: { type: "boolean", default: false } },
  });
  return { reloads: values.dev };
}
