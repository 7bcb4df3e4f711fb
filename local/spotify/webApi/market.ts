import type { Answer } from "../../http/answer.js";
import { apiError } from "./apiError.js";
import type { Call } from "./route.js";

/**
 * The country for which an answer reports playability, or null: without `market`, it reports none.
 * For a signed-in user, it is the account's country, whatever the request names.
 * https://developer.spotify.com/documentation/web-api/reference/get-track
 */
export function readMarket({ request, persona }: Call): { market: string | null } | Refused {
  const market = request.query.get("market");
  if (market === null) return { market: null };
  if (market !== "from_token" && !/^[A-Z]{2}$/.test(market)) {
    return { refusal: apiError(400, "Invalid market code") };
  }
  return { market: persona.country };
}

interface Refused {
  refusal: Answer;
}
