import { CATALOG_DEADLINE_MS } from "./catalogDeadline.js";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import type { Dependencies } from "../dependencies.js";
import { getSpotifyAccessToken } from "../spotify/getSpotifyAccessToken.js";
import type { listMyPlaylists as contract } from "../contract/music.js";

const USUAL_LIMIT = 20;

/** A page of the caller's own playlists, as Spotify orders them. */
export async function listMyPlaylists(
  deps: Pick<Dependencies, "firestore" | "spotify" | "catalog" | "cipher" | "clock" | "newId">,
  caller: Caller,
  { offset, limit }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const deadline = deps.clock.now() + CATALOG_DEADLINE_MS;
  const { accessToken } = await getSpotifyAccessToken(deps, caller);
  const page = { offset: offset ?? 0, limit: limit ?? USUAL_LIMIT };
  const { items, total } = await deps.catalog.listPlaylists(accessToken, page, deadline);
  return {
    items: items.map(({ id, name, imageUrl, trackCount }) => ({ id, name, imageUrl, trackCount })),
    total,
  };
}
