import type { Answer } from "../../http/answer.js";
import { apiError } from "./apiError.js";
import type { Call } from "./route.js";

/**
 * The country whose playability an answer tells, or null: without `market` it tells none. Of somebody
 * who is signed in it is his account's country, whichever one the request names.
 * https://developer.spotify.com/documentation/web-api/reference/get-track
 */
export function readMarket({ request, persona }: Call): { market: string | null } | Refused {
  const asked = request.query.get("market");
  if (asked === null) return { market: null };
  if (asked !== "from_token" && !/^[A-Z]{2}$/.test(asked)) {
    return { refusal: apiError(400, "Invalid market code") };
  }
  return { market: persona.country };
}

interface Refused {
  refusal: Answer;
}
