import { z } from "zod";

/** The roles in a show, the most powerful first. A *host* is the creator or a cohost. */
export const role = z.enum(["creator", "cohost", "speaker", "listener"]);
export type Role = z.infer<typeof role>;

/** The roles that are on the stage. */
export const onStage: readonly Role[] = ["creator", "cohost", "speaker"];

/**
 * Whether a person in this role is a host of the show.
 *
 * @example
 * ```ts
 * const mayDecide = isHost(show.me.current.role);
 * ```
 */
export function isHost(role: string): boolean {
  return role === "creator" || role === "cohost";
}
