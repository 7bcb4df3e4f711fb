import { type Answer, json } from "../../http/answer.js";
import { apiError } from "./apiError.js";
import { readMarket } from "./market.js";
import { pageOf, readPage } from "./paging.js";
import type { Call, Route } from "./route.js";
import { trackObject } from "./trackObject.js";

export const searchRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/search", handle: search },
];

const maxOffset = 1_000;
const limits = {
  development: { defaultLimit: 5, maxLimit: 10, maxOffset },
  extended: { defaultLimit: 20, maxLimit: 50, maxOffset },
};
/** Finds only tracks, because this catalogue has nothing else. */
const types = ["album", "artist", "playlist", "track", "show", "episode", "audiobook"];

function search(call: Call): Answer {
  const { request, state, persona } = call;
  // Spotify's own links to the next page say `query`.
  const query = request.query.get("q") ?? request.query.get("query") ?? "";
  if (query.trim() === "") return apiError(400, "No search query");
  const requestedTypes = request.query.get("type") ?? "";
  if (requestedTypes === "") return apiError(400, "Missing parameter type");
  const wanted = requestedTypes.split(",");
  const wrong = wanted.find((type) => !types.includes(type));
  if (wrong !== undefined) return apiError(400, `Bad search type field ${wrong}`);
  const read = readPage(request.query, limits[state.quotaMode]);
  if ("refusal" in read) return read.refusal;
  const place = readMarket(call);
  if ("refusal" in place) return place.refusal;

  const viewer = { quotaMode: state.quotaMode, market: place.market };
  const found = state.catalogue.search(query, persona.country, state.clock.now());
  const linkOf = (type: string) => {
    const linked = new URLSearchParams(request.query);
    linked.set("type", type);
    return { path: "/search", query: linked };
  };
  return json(
    200,
    Object.fromEntries(
      wanted.map((type) => [
        `${type}s`,
        pageOf(type === "track" ? found : [], read.page, linkOf(type), (track) =>
          trackObject(track, viewer),
        ),
      ]),
    ),
  );
}
