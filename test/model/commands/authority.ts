import { creator, isPresent, type Name, type ShowName, type World } from "../state.js";

/** A person's role as host of a live show, or why they may not act. */
export function hosting(
  world: World,
  show: ShowName,
  caller: Name,
): { readonly as: "creator" | "cohost"; readonly refusal: null } | { readonly refusal: string } {
  const { parts, status } = world.shows[show];
  const isCohost = isPresent(parts[caller]) && parts[caller].place.role === "cohost";
  if (caller !== creator && !isCohost) return { refusal: "NOT_HOST" };
  if (status !== "live") return { refusal: "SHOW_NOT_LIVE" };
  return { as: caller === creator ? "creator" : "cohost", refusal: null };
}

/** Why a host may not act on a person: nobody acts on the creator, and cohosts do not act on each other. */
export function outOfReach(
  world: World,
  show: ShowName,
  as: "creator" | "cohost",
  target: Name,
): string | null {
  if (target === creator) return as === "creator" ? "INVALID_ARGUMENT" : "NOT_CREATOR";
  const isCohost = world.shows[show].parts[target].place?.role === "cohost";
  return isCohost && as === "cohost" ? "NOT_CREATOR" : null;
}
