import { showDocument, type ShowDocument } from "../../../functions/src/contract/shows.js";
import { readBy, type Received } from "../backend/readDocument.js";
import type { DocumentSnapshotHandle } from "../sdk/firebaseSdk.js";

/**
 * The document `shows/{showId}` and its id.
 *
 * @example
 * ```ts
 * const line = ({ title, creator }: ShowDetails) => `${title} · ${creator.displayName}`;
 * ```
 */
export interface ShowDetails extends Received<ShowDocument> {
  readonly id: string;
}

export function detailsOf(showId: string) {
  return (snapshot: DocumentSnapshotHandle): ShowDetails | undefined => {
    const show = readBy(showDocument, snapshot);
    return show && { ...show, id: showId };
  };
}
