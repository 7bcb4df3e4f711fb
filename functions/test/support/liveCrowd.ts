import { Timestamp } from "firebase-admin/firestore";
import { sweepShow } from "../../src/shows/sweepShow.js";
import { commentsRef, feedRef, leaseRef, showRef } from "../../src/collections.js";
import { auth, firestore, type Person } from "./backstage.js";
import { countedDependencies } from "./countedDependencies.js";
import { liveShow, people } from "./largeScene.js";

/** Admin access to the running suite, for a bench with many real clients. */
export const crowdScene = {
  liveShow: (): Promise<string> => liveShow(firestore),
  people: (count: number): Promise<Person[]> => people(firestore, count),
  customToken: ({ uid }: Person): Promise<string> => auth.createCustomToken(uid),

  /**
   * Marks clients as connected, like LiveKit's webhooks would. The bench's clients have no sound.
   */
  async connect(showId: string, uids: readonly string[]): Promise<void> {
    const writer = firestore.bulkWriter();
    for (const uid of uids) {
      const lease = { aliveUntil: null, connectedSince: Date.now() };
      void writer.set(leaseRef(firestore, showId, uid), lease, { merge: true });
    }
    await writer.close();
  },

  /** Sweeps the show once, with all of them in the audio room. */
  async sweep(showId: string, uids: readonly string[]): Promise<void> {
    const deps = countedDependencies(firestore);
    const connected = uids.map((uid) => ({
      uid,
      role: "listener" as const,
      canPublish: false,
      tracks: [],
      connectedAt: 0,
    }));
    const look = () => Promise.resolve({ since: 0, connected });
    await sweepShow({ ...deps, rooms: { ...deps.rooms, look } }, { showId });
  },

  /** Writes a comment and nothing else, past the rules. */
  async comment(showId: string, author: Person, text: string): Promise<void> {
    const { uid, displayName, photoUrl } = author;
    await commentsRef(firestore, showId).add({
      authorUid: uid,
      author: { displayName, photoUrl },
      text,
      createdAt: Timestamp.now(),
      hidden: false,
    });
  },

  async commentFeed(showId: string): Promise<string | undefined> {
    return (await showRef(firestore, showId).get()).data()?.commentFeed;
  },

  async listeners(showId: string): Promise<number | undefined> {
    return (await feedRef(firestore, showId).get()).data()?.audience.listeners;
  },
};
