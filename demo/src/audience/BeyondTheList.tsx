import { useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { counted } from "../ui/format.js";

/** Says that a list is not complete, and how many people there are, as in the show's header. */
export function BeyondTheList({ listed }: { readonly listed: number }) {
  const { show } = useLiveShow();
  const feed = useObservable(show.feed).value;
  return (
    <p class="muted small">
      The first {listed} to arrive
      {feed && `; there are ${counted(feed.audience.listeners, "listener")}`}.
    </p>
  );
}
