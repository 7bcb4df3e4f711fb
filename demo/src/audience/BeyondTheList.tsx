import { useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { words } from "../words/words.js";

/** Says that a list is not complete, and how many people there are. */
export function BeyondTheList({ listed }: { readonly listed: number }) {
  const { show } = useLiveShow();
  const feed = useObservable(show.feed).value;
  const onStage = useObservable(show.stage.people).value ?? [];
  // The list has the creator, whom the count leaves out.
  const uncounted = onStage.filter(({ role }) => role === "creator").length;
  return (
    <p class="muted small">
      {feed
        ? words.audience.beyondListOf(
            listed,
            words.count.people(feed.audience.listeners + uncounted),
          )
        : words.audience.beyondList(listed)}
    </p>
  );
}
