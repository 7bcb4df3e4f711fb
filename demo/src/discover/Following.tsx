import type { ShowDetails } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { usePages } from "../ambient/usePages.js";
import { useSubscribable, valueOf } from "../ambient/useSubscribable.js";
import { MoreButton } from "../ui/MoreButton.js";
import { Empty, Refused } from "../ui/Notice.js";
import { ShowCard } from "./ShowCard.js";

/** What those whom the person follows do: live shows first. Nothing for a person who follows nobody. */
export function Following() {
  const { ambient } = useSession();
  const uids = valueOf(
    useSubscribable(() => ambient.follows.uids, [ambient]),
    undefined,
  );
  const live = usePages<ShowDetails>(
    (page) => ambient.discover.fromFollowed("live", page),
    [ambient],
  );
  const upcoming = usePages<ShowDetails>(
    (page) => ambient.discover.fromFollowed("upcoming", page),
    [ambient],
  );
  if (!uids || uids.size === 0) return null;
  const shows = [...(live.items ?? []), ...(upcoming.items ?? [])];
  return (
    <section aria-labelledby="following">
      <h2 id="following">Following</h2>
      {shows.length > 0 && (
        <ul class="show-grid">
          {shows.map((show) => (
            <li key={show.id}>
              <ShowCard show={show} />
            </li>
          ))}
        </ul>
      )}
      {live.items && upcoming.items && shows.length === 0 && (
        <Empty icon="calendar" title="It is quiet">
          None of the people you follow is live or has announced a show.
        </Empty>
      )}
      <Refused error={live.error ?? upcoming.error} />
      <MoreButton what="Following" pages={upcoming} />
    </section>
  );
}
