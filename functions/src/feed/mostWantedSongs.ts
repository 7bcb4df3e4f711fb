import type { Firestore } from "firebase-admin/firestore";
import { allSongVotesRef, songRequestsRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import {
  MAX_OPEN_SONG_REQUESTS,
  PUBLISHED_SONG_REQUESTS,
  type PublishedSongRequest,
} from "../contract/songRequests.js";
import { select } from "../queries.js";

/**
 * The open requests with the most votes. Each run counts all votes again, so that they are right even if events arrived
 * twice, late or not at all. Without open requests it costs one read; otherwise two reads for each of them (200 at
 * most) and one more per 1,000 votes: a publication in a show with 100,000 voters and 20 votes each reads about 2,200
 * documents, in addition to the 100,000 reads of its listeners.
 */
export async function mostWantedSongs(
  db: Firestore,
  showId: string,
): Promise<PublishedSongRequest[]> {
  const open = select(songRequestsRef(db, showId), queries.openSongRequests, "open");
  const { docs } = await open.limit(MAX_OPEN_SONG_REQUESTS).get();
  const requests = await Promise.all(
    docs.map(async (request) => {
      const { track, requestedBy, createdAt } = request.data();
      const votes = await votesFor(db, showId, request.id);
      return { id: request.id, track, requestedBy, createdAt, votes };
    }),
  );
  // The sort is stable, so equal votes stay ordered by age.
  return requests.sort((one, other) => other.votes - one.votes).slice(0, PUBLISHED_SONG_REQUESTS);
}

async function votesFor(db: Firestore, showId: string, requestId: string): Promise<number> {
  const votes = select(allSongVotesRef(db, showId), queries.votesForSong, requestId);
  return (await votes.count().get()).data().count;
}
