import type { Firestore } from "firebase-admin/firestore";
import { showRef } from "../collections.js";
import { documentId } from "../contract/fields.js";
import type { SharedShowFacts } from "../contract/sharing.js";
import type { ShowDocument } from "../contract/shows.js";

/** What everybody who has the link may see of a show. */
export interface SharedShow extends Pick<ShowDocument, "title" | "description" | "scheduledFor"> {
  readonly status: SharedShowFacts["status"];
  readonly showId: string;
  readonly creatorName: string;
  readonly isUnlisted: boolean;
  readonly isForAdults: boolean;
  readonly listeners: number;
}

/** The show; null for drafts, shows that are taken down or withheld, and ids without a show: a stranger cannot tell these apart. */
export async function sharedShow(db: Firestore, showId: string): Promise<SharedShow | null> {
  if (!documentId.safeParse(showId).success) return null;
  const show = (await showRef(db, showId).get()).data();
  const isShared = show?.visibility === "public" || show?.visibility === "unlisted";
  if (!show || !isShared) return null;
  const { title, description, status, scheduledFor, creator, visibility, adultsOnly } = show;
  if (status === "draft") return null;
  return {
    showId,
    title,
    // What a creator writes about a show for adults is not for everybody's preview.
    description: adultsOnly === true ? "" : description,
    status,
    scheduledFor,
    creatorName: creator.displayName,
    isUnlisted: visibility === "unlisted",
    isForAdults: adultsOnly === true,
    listeners: show.audience?.listeners ?? 0,
  };
}

/** The show's state in a few words, the same on the page and on the card. */
export function stateOf({ status, scheduledFor, listeners }: SharedShow): string {
  switch (status) {
    case "live":
      return listeners === 0 ? "Live now" : `Live now · ${listeners} listening`;
    case "scheduled":
      return scheduledFor === null ? "Coming up" : `Starts ${timeOf(scheduledFor.toMillis())}`;
    case "cancelled":
      return "Cancelled";
    case "ended":
      return "Ended";
  }
}

/** Nobody knows the reader's time zone here. */
function timeOf(millis: number): string {
  const day = { weekday: "short", day: "numeric", month: "short", year: "numeric" } as const;
  const format = { ...day, hour: "2-digit", minute: "2-digit", timeZone: "UTC" } as const;
  return `${new Intl.DateTimeFormat("en-GB", format).format(millis)} UTC`;
}
