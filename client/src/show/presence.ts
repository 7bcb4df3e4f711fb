import type { EndReason } from "../../../functions/src/contract/shows.js";
import type { AmbientReason } from "../errors/reason.js";

/**
 * A person's state in a show that they joined.
 *
 * - `present`: in the show
 * - `away`: the connection was lost for so long that the server gave up the person's place. The client rejoins by itself
 *   within about ten seconds, regains the role if a seat is free, and reconnects the audio. Meanwhile subscriptions stay
 *   open and keep their last value, and actions fail with `AWAY`
 * - `over`: the show has ended; its data can still be read
 * - `gone`: no longer in the show; every subscription has ended. The reason is `LEFT` (here or on another device),
 *   `REMOVED` by a host, `SIGNED_OUT`, `CLOSED` by the app, or why the show could not be followed or rejoined, such
 *   as `BANNED`
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

/** For things that survive an absence, and end with the stay in the show. */
export function hasEnded({ kind }: Presence): boolean {
  return kind === "over" || kind === "gone";
}
