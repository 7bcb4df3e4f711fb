import { CATALOG_DEADLINE_MS } from "./catalogDeadline.js";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import type { Dependencies } from "../dependencies.js";
import { getSpotifyAccessToken } from "../spotify/getSpotifyAccessToken.js";
import type { searchTracks as contract } from "../contract/music.js";
import { showTrack } from "./showTrack.js";

const USUAL_LIMIT = 5;

/** Tracks that a show can play, the best match first. */
export async function searchTracks(
  deps: Pick<Dependencies, "firestore" | "spotify" | "catalog" | "cipher" | "clock" | "newId">,
  caller: Caller,
  { query, offset, limit }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const deadline = deps.clock.now() + CATALOG_DEADLINE_MS;
  const { accessToken } = await getSpotifyAccessToken(deps, caller);
  const page = { offset: offset ?? 0, limit: limit ?? USUAL_LIMIT };
  const found = await deps.catalog.searchTracks(accessToken, query, page, deadline);
  return { items: found.map(showTrack) };
}
