import { useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { decisionText } from "./decisionText.js";

/** How many of the latest decisions to show. */
const SHOWN = 3;

/** What became of the person's own requests. A toast announces each decision on every view. */
export function MyDecidedRequests() {
  const { show } = useLiveShow();
  const mine = useObservable(show.songRequests.mine).value ?? [];
  const decided = mine.filter(({ status }) => status !== "open").slice(0, SHOWN);
  return (
    <div>
      {decided.map((song) => (
        <p key={song.id} class="small">
          {decisionText(song)}
        </p>
      ))}
    </div>
  );
}
