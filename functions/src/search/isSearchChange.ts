import { Timestamp } from "firebase-admin/firestore";
import type { WrittenDocument } from "../documentWrite.js";

const FOUND_BY = [
  "title",
  "creator.displayName",
  "creator.photoUrl",
  "creatorUid",
  "status",
  "visibility",
];
const TIMES = ["scheduledFor", "startedAt"];

/** Whether a search may find or show the show in another way. Most changes of a live show are its audience. */
export function isSearchChange(
  before: WrittenDocument | undefined,
  after: WrittenDocument | undefined,
): boolean {
  return (
    FOUND_BY.some((field) => before?.get(field) !== after?.get(field)) ||
    TIMES.some((field) => millisOf(before?.get(field)) !== millisOf(after?.get(field)))
  );
}

function millisOf(time: unknown): unknown {
  return time instanceof Timestamp ? time.toMillis() : time;
}
