import { useSession } from "../ambient/context.js";
import { useObservable, usePages } from "@ambient/react";
import { ListEnd } from "../ui/ListEnd.js";
import { Empty, Refused, Skeleton } from "../ui/Notice.js";
import { ShowCard } from "./ShowCard.js";
import { words } from "../words/words.js";

/** Shows by creators the person follows, live ones first. Renders nothing if they follow nobody. */
export function Following() {
  const { ambient } = useSession();
  const followed = useObservable(ambient.follows.uids);
  const live = useObservable(ambient.discover.liveFromFollowed());
  const upcoming = usePages((request) => ambient.discover.upcomingFromFollowed(request), [ambient]);
  if (followed.kind === "loading") return null;
  if (followed.kind === "known" && followed.value.size === 0) return null;
  const shows = [...(live.value ?? []), ...(upcoming.items ?? [])];
  const isEmpty = live.kind === "known" && upcoming.items && shows.length === 0;
  // If the follows cannot be read, both lists fail for the same reason.
  const error = live.kind === "failed" ? live.error : undefined;
  return (
    <section aria-labelledby="following">
      <h2 id="following">{words.discover.following}</h2>
      {shows.length > 0 && (
        <ul class="show-grid">
          {shows.map((show) => (
            <li key={show.id}>
              <ShowCard show={show} />
            </li>
          ))}
        </ul>
      )}
      {(live.kind === "loading" || (!upcoming.items && upcoming.isLoading)) && (
        <Skeleton rows={2} />
      )}
      {isEmpty && (
        <Empty icon="calendar" title={words.discover.nothingFollowed}>
          {words.discover.nothingFollowedHint}
        </Empty>
      )}
      {!upcoming.error && <Refused error={error} />}
      <ListEnd what={words.discover.following} pages={upcoming} />
    </section>
  );
}
