import type { ShowDetails } from "@ambient/client/core";
import { useAmbient, useUid } from "./context.js";
import type { Pages } from "./pages.js";
import { usePages } from "./usePages.js";

/**
 * A list of shows, page by page: the live ones, the announced ones, or the person's own.
 *
 * @example
 * ```ts
 * const { items = [], error, more } = useShows("live");
 * ```
 */
export function useShows(which: "live" | "upcoming" | "mine"): Pages<ShowDetails> {
  const { discover, shows } = useAmbient();
  return usePages(
    (request) => (which === "mine" ? shows.mine(request) : discover[which](request)),
    [discover, shows, which, useUid()],
  );
}
