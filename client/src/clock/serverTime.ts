import type { Fetch } from "../http.js";
import { numberField, parseJson } from "../json.js";

/** Asks the HTTP function `serverTime` under this address for its clock. */
export function serverTimeAt(url: string, fetch: Fetch): () => Promise<number> {
  return async () => {
    // A POST would cost a preflight on the web, and a cached answer would be an old one.
    const answer = await fetch(url, { method: "GET", headers: {} });
    const now = numberField(parseJson(await answer.text()), "now");
    if (answer.status !== 200 || now === undefined) throw new Error("serverTime said no time");
    return now;
  };
}
