import type { SpotifyRequest } from "../http.js";

/** Whether the client declares that it understands episodes. Otherwise, it receives only tracks. */
export function supportsEpisodes({ query }: Pick<SpotifyRequest, "query">): boolean {
  return (query.get("additional_types") ?? "").split(",").includes("episode");
}
