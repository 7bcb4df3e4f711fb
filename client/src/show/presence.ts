import type { EndReason } from "../../../functions/src/contract/shows.js";
import type { AmbientReason } from "../errors/reason.js";

/**
 * The state of one's place in a show that one has joined.
 *
 * - `present`: in it
 * - `away`: the network was gone for so long that the server gave the place up. The client joins again by
 *   itself, takes its role back if the seat is free, and opens the sound again. Subscriptions stay open and
 *   keep their last state meanwhile; what one does is refused with `AWAY`
 * - `over`: the show has ended; what could be read can still be read
 * - `gone`: not in it any more, and every subscription has ended. `LEFT` (here, or on another device),
 *   `REMOVED` by a host, `SIGNED_OUT`, `CLOSED` by the app, or the reason why the show could not be followed
 *   any further or joined again, such as `BANNED`
 *
 * @example
 * ```ts
 * show.presence.subscribe((presence) => {
 *   setBanner(presence.kind === "away");
 *   if (presence.kind === "gone") leavePage(messageFor(presence.reason));
 * });
 * ```
 */
export type Presence =
  | { readonly kind: "present" }
  | { readonly kind: "away" }
  | { readonly kind: "over"; readonly endReason: EndReason | undefined }
  | { readonly kind: "gone"; readonly reason: AmbientReason };

/** For what ends with the place in a show, but outlives an absence. */
export function hasEnded({ kind }: Presence): boolean {
  return kind === "over" || kind === "gone";
}
