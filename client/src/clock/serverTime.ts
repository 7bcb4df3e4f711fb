import type { Fetch } from "../http.js";
import { numberField, parseJson } from "../json.js";

/** Fetches the time from the HTTP function `serverTime` at this address. */
export function serverTimeAt(url: string, fetch: Fetch): () => Promise<number> {
  return async () => {
    // GET without headers, because anything else costs a CORS preflight on the web. The function forbids caching.
    const answer = await fetch(url, { method: "GET", headers: {} });
    const now = numberField(parseJson(await answer.text()), "now");
    if (answer.status !== 200 || now === undefined)
      throw new Error("serverTime answered without a time");
    return now;
  };
}
