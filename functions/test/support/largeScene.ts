import { type Firestore, Timestamp } from "firebase-admin/firestore";
import { randomUUID } from "node:crypto";
import { showIn, type Person } from "./backstage.js";
import { playlistRef, userRef } from "../../src/collections.js";

/** As long as Spotify's URLs, because reads are measured in bytes as well. */
const PHOTO = `https://i.scdn.co/image/${"0123456789abcdef".repeat(2)}01234567`;

const TRACKS = 60;

/** Creates users with a profile, as after their first sign-in. */
export async function people(db: Firestore, count: number): Promise<Person[]> {
  const now = Timestamp.now();
  const writer = db.bulkWriter();
  const made = Array.from({ length: count }, (_, index) => ({
    uid: `spotify_${randomUUID()}`,
    displayName: `Listener ${index}`,
    photoUrl: PHOTO,
  }));
  for (const { uid, displayName, photoUrl } of made) {
    void writer.set(userRef(db, uid), {
      displayName,
      photoUrl,
      spotifyUrl: null,
      bio: "",
      links: [],
      followerCount: 0,
      createdAt: now,
      updatedAt: now,
    });
  }
  await writer.close();
  return made;
}

/** Creates a live show with a realistic description and playlist. */
export async function liveShow(db: Firestore): Promise<string> {
  const [creator] = await people(db, 1);
  if (!creator) throw new Error("no user was created");
  const description =
    "Two hours of songs for the road, and between them whoever wants to talk. ".repeat(2);
  const showId = await showIn("live", creator, { description }, db);
  await playlistRef(db, showId).set({
    revision: 1,
    tracks: Array.from({ length: TRACKS }, (_, index) => ({
      uri: `spotify:track:${String(index).padStart(22, "0")}`,
      name: `A song of usual length ${index}`,
      artists: ["The Low Tides"],
      durationMs: 214_000,
      imageUrl: PHOTO,
      explicit: false,
    })),
  });
  return showId;
}
