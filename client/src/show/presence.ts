import type { EndReason } from "../../../functions/src/contract/shows.js";
import type { AmbientReason } from "../errors/reason.js";

/**
 * Where one stands in a show that one joined.
 *
 * - `present`: in it
 * - `over`: the show has ended; what could be read can still be read
 * - `gone`: not in it any more, and everything of it was dropped. `LEFT` (here, or on another device),
 *   `REMOVED` by a host, `SIGNED_OUT`, `CLOSED` by the app, or why the show could not be followed any further
 *
 * @example
 * ```ts
 * show.presence.subscribe((presence) => {
 *   if (presence.kind === "gone") leavePage(messageFor(presence.reason));
 * });
 * ```
 */
export type Presence =
  | { readonly kind: "present" }
  | { readonly kind: "over"; readonly endReason: EndReason | undefined }
  | { readonly kind: "gone"; readonly reason: AmbientReason };
