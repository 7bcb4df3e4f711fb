import type { HttpRequest } from "../../http/readRequest.js";

/** Whether the client declares that it understands episodes. Otherwise, it receives only tracks. */
export function supportsEpisodes({ query }: Pick<HttpRequest, "query">): boolean {
  return (query.get("additional_types") ?? "").split(",").includes("episode");
}
