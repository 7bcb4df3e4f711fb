import { useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { words } from "../words/words.js";

/** Says that a list is not complete, and how many people there are, as in the show's header. */
export function BeyondTheList({ listed }: { readonly listed: number }) {
  const { show } = useLiveShow();
  const feed = useObservable(show.feed).value;
  return (
    <p class="muted small">
      {feed
        ? words.audience.beyondListOf(listed, words.count.people(feed.audience.listeners))
        : words.audience.beyondList(listed)}
    </p>
  );
}
