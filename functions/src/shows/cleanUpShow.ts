import { Timestamp } from "firebase-admin/firestore";
import { participantsRef, showRef, speakRequestsRef, stageRef } from "../collections.js";
import { STAGE_FIELDS } from "../contract/transitions.js";
import { queries } from "../contract/queries.js";
import type { ShowDocument } from "../contract/shows.js";
import type { Dependencies } from "../dependencies.js";
import { eachPage } from "../eachPage.js";
import { publishFeed } from "../feed/publishFeed.js";
import { select } from "../queries.js";
import { updateShowSearch } from "../search/updateShowSearch.js";

const PAGE = 200;

/**
 * After a show's end: closes its audio room, publishes the feed once more, cancels the pending requests to speak page
 * by page, and then records that nothing is left to do. It also takes a show that was taken down out of the search, and
 * removes everybody but the creator from it, so that nobody else can still read it. Safe to repeat or interrupt. Leaves
 * shows alone that can still be used, such as one whose end was undone. Refuses with AUDIO_UNAVAILABLE if the room cannot
 * be closed.
 */
export async function cleanUpShow(
  deps: Pick<
    Dependencies,
    "firestore" | "rooms" | "tasks" | "clock" | "audienceIntervalMs" | "digestIntervalMs"
  >,
  showId: string,
): Promise<void> {
  const { firestore, rooms } = deps;
  const show = (await showRef(firestore, showId).get()).data();
  const isOver = show?.status === "ended" || show?.status === "cancelled";
  if (!isOver && show?.visibility !== "taken_down") return;
  // Close the room first: until then, people can still be heard.
  const closing = rooms.close(showId).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  const [stage] = await Promise.all([
    stageRef(firestore, showId).get(),
    show.visibility === "taken_down" && updateShowSearch(deps, showId),
    removeEverybodyIfTakenDown(deps, showId, show),
    cancelRequests(firestore, showId),
    publishFeed(deps, { showId }),
  ]);
  const failure = await closing;
  if (failure) throw failure.error;
  if (stage.data()?.cleanup === "pending") await stage.ref.update({ cleanup: null });
}

async function removeEverybodyIfTakenDown(
  { firestore, clock }: Pick<Dependencies, "firestore" | "clock">,
  showId: string,
  show: ShowDocument,
): Promise<void> {
  if (show.visibility !== "taken_down") return;
  const leftAt = Timestamp.fromMillis(clock.now());
  const present = select(
    participantsRef(firestore, showId),
    queries.presentParticipants,
    "present",
  );
  await eachPage(present, PAGE, async (people) => {
    const batch = firestore.batch();
    for (const { id, ref } of people) {
      if (id !== show.creatorUid)
        batch.update(ref, { ...STAGE_FIELDS.away, state: "removed", leftAt });
    }
    await batch.commit();
  });
}

async function cancelRequests(firestore: Dependencies["firestore"], showId: string): Promise<void> {
  const requests = speakRequestsRef(firestore, showId);
  await eachPage(
    select(requests, queries.pendingSpeakRequests, "pending"),
    PAGE,
    async (pending) => {
      const batch = firestore.batch();
      for (const { ref } of pending) batch.update(ref, { status: "cancelled" });
      await batch.commit();
    },
  );
}
