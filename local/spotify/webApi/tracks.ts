import { type Answer, json } from "../../http/answer.js";
import { isSpotifyId } from "../catalogue/spotifyId.js";
import { apiError, notFound } from "./apiError.js";
import { readMarket } from "./market.js";
import type { Call, Route } from "./route.js";
import { relinkedTrackObject } from "./trackObject.js";

export const trackRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/tracks/:id", handle: readTrack },
];

function readTrack(call: Call): Answer {
  const id = call.params.get("id") ?? "";
  if (!isSpotifyId(id)) return apiError(400, "Invalid base62 id");
  const read = readMarket(call);
  if ("refusal" in read) return read.refusal;
  const track = call.state.catalogue.track(id);
  if (track === undefined) return notFound();
  const { quotaMode, catalogue } = call.state;
  const { market } = read;
  return json(200, relinkedTrackObject(catalogue, track, market, { quotaMode, market }));
}
