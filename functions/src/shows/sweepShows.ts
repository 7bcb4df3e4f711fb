import { Timestamp, type QueryDocumentSnapshot } from "firebase-admin/firestore";
import { attemptAll, attemptInTurn } from "../attemptAll.js";
import { showsRef, stagesRef, sweepRef } from "../collections.js";
import { documentId } from "../contract/fields.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { eachPage } from "../eachPage.js";
import type { ListedRoom } from "../ports/audioRooms.js";
import { select } from "../queries.js";

const PAGE = 500;
const MINUTE_MS = 60_000;
/** How often a sweep looks into the room, whatever the room's number of participants says. */
const LOOK_EVERY_MINUTES = 5;

/**
 * Asks for a sweep of every show that is live, was not cleaned up after its end, or has an audio room: one task each,
 * so that a show that fails or is huge does not delay the others. If one cannot be listed or enqueued, the rest are
 * swept nevertheless. One request lists all rooms with their numbers of participants, and saves a quiet show's sweep
 * a request of its own. At the end, it notes that it ran.
 */
export async function sweepShows(
  deps: Pick<Dependencies, "firestore" | "clock" | "rooms" | "tasks">,
): Promise<void> {
  const db = deps.firestore;
  // One minute is one task: a schedule that fires twice sweeps once.
  const plannedAt = deps.clock.now();
  const dueAt = Math.floor(plannedAt / MINUTE_MS) * MINUTE_MS;
  const rooms = new Map<string, ListedRoom>();
  const enqueued = new Set<string>();
  let livekit: { isLivekitSilent?: true } = { isLivekitSilent: true };
  const enqueue = async (showIds: readonly string[]) => {
    const others = showIds.filter((showId) => !enqueued.has(showId));
    for (const showId of others) enqueued.add(showId);
    await attemptAll(others, (showId) => {
      const participants = countToTrust(rooms.get(showId), dueAt);
      return deps.tasks.sweepShow.enqueue({ showId, participants, plannedAt, ...livekit }, dueAt);
    });
  };
  const enqueuePage = (page: readonly QueryDocumentSnapshot[]) => enqueue(page.map(({ id }) => id));
  const live = select(showsRef(db), queries.liveShows, "live").select();
  const unclean = select(stagesRef(db), queries.uncleanStages, "pending").select();
  await attemptInTurn(
    [
      async () => {
        for (const room of await deps.rooms.list()) {
          // A name that no show could have belongs to another project on the same server.
          if (documentId.safeParse(room.showId).success) rooms.set(room.showId, room);
        }
        livekit = {};
      },
      () => eachPage(live, PAGE, enqueuePage),
      () => eachPage(unclean, PAGE, enqueuePage),
      () => enqueue([...rooms.keys()]),
      () => sweepRef(db).set({ at: Timestamp.fromMillis(deps.clock.now()) }),
    ],
    "some shows are not swept",
  );
}

/** Undefined: the sweep has to look into the room. The room's age decides, so that not all rooms are due in the same minute. */
function countToTrust(room: ListedRoom | undefined, now: number): number | undefined {
  if (!room) return undefined;
  const ageMinutes = Math.floor((now - room.since) / MINUTE_MS);
  return ageMinutes % LOOK_EVERY_MINUTES === 0 ? undefined : room.participants;
}
