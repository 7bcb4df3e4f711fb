import { useSubscribable, valueOf } from "../ambient/useSubscribable.js";
import { useLiveShow } from "../show/ShowContext.js";
import { counted } from "../ui/format.js";

/** That a list is not everybody, and how many everybody is, as the show's header has it. */
export function BeyondTheList({ listed }: { readonly listed: number }) {
  const { show } = useLiveShow();
  const feed = valueOf(
    useSubscribable(() => show.feed, [show]),
    undefined,
  );
  return (
    <p class="muted small">
      The first {listed} to arrive
      {feed && `; there are ${counted(feed.audience.listeners, "listener")}`}.
    </p>
  );
}
