import { useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { words } from "../words/words.js";

/** How many of the latest decisions to show. */
const SHOWN = 3;

/** What became of the person's own requests. */
export function MyDecidedRequests() {
  const { show } = useLiveShow();
  const mine = useObservable(show.songRequests.mine).value ?? [];
  const decided = mine.filter(({ status }) => status !== "open").slice(0, SHOWN);
  return (
    <div role="status">
      {decided.map(({ id, status, track }) => (
        <p key={id} class="small">
          {status === "accepted"
            ? words.songs.accepted(track.name)
            : words.songs.declined(track.name)}
        </p>
      ))}
    </div>
  );
}
