import { showRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";

type RoomDependencies = Pick<Dependencies, "firestore" | "rooms">;

/** Recreates a live show's room if it is missing. */
export async function openRoom(deps: RoomDependencies, showId: string): Promise<void> {
  await deps.rooms.open(showId);
  await closeUnlessLive(deps, showId);
}

/** The show may have ended and closed its room just before the room was recreated. */
export async function closeUnlessLive(
  { firestore, rooms }: RoomDependencies,
  showId: string,
): Promise<void> {
  const show = await showRef(firestore, showId).get();
  if (show.data()?.status !== "live") await rooms.close(showId);
}
