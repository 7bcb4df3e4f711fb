import type { Firestore } from "firebase-admin/firestore";
import { savesRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import { select } from "../queries.js";

/** How many people opened and saved a show's music in Spotify, as their apps say. */
export async function countSaves(
  db: Firestore,
  showId: string,
): Promise<Readonly<Record<"opens" | "saves", number>>> {
  const all = savesRef(db, showId);
  const [opens, saves] = await Promise.all([
    select(all, queries.opensInSpotify, true).count().get(),
    select(all, queries.savesInSpotify, true).count().get(),
  ]);
  return { opens: opens.data().count, saves: saves.data().count };
}
