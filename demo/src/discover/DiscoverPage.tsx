import type { ShowDetails } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useSubscribable, type Known } from "../ambient/useSubscribable.js";
import { useViewFocus } from "../app/useViewFocus.js";
import { Icon, type IconName } from "../ui/Icon.js";
import { Empty, Refused, Skeleton } from "../ui/Notice.js";
import { MyShows } from "./MyShows.js";
import { ShowCard } from "./ShowCard.js";

export function DiscoverPage() {
  const { ambient } = useSession();
  const live = useSubscribable(() => ambient.shows.live(), [ambient]);
  const upcoming = useSubscribable(() => ambient.shows.upcoming(), [ambient]);
  const heading = useViewFocus("discover");
  return (
    <div class="page discover">
      <div class="page-head">
        <h1 ref={heading} tabIndex={-1}>
          What's on
        </h1>
        <a class="button button-primary" href="#/new">
          <Icon name="plus" size={18} />
          <span>New show</span>
        </a>
      </div>
      <div class="discover-columns">
        <div class="discover-main">
          <ShowSection
            title="Live now"
            shows={live}
            icon="microphone"
            nothing="Nobody is on air"
            hint="Be the first: a show of your own takes two clicks."
          />
          <ShowSection
            title="Coming up"
            shows={upcoming}
            icon="calendar"
            nothing="Nothing is announced"
            hint="Shows with a time appear here until they start."
          />
        </div>
        <MyShows />
      </div>
    </div>
  );
}

function ShowSection({
  title,
  shows,
  icon,
  nothing,
  hint,
}: {
  readonly title: string;
  readonly shows: Known<readonly ShowDetails[]>;
  readonly icon: IconName;
  readonly nothing: string;
  readonly hint: string;
}) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {shows.kind === "loading" && <Skeleton rows={2} label={`Loading: ${title}`} />}
      {shows.kind === "failed" && <Refused error={shows.error} />}
      {shows.kind === "known" &&
        (shows.value.length === 0 ? (
          <Empty icon={icon} title={nothing}>
            {hint}
          </Empty>
        ) : (
          <ul class="show-grid">
            {shows.value.map((show) => (
              <li key={show.id}>
                <ShowCard show={show} />
              </li>
            ))}
          </ul>
        ))}
    </section>
  );
}
