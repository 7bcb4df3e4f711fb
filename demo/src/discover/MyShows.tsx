import type { ShowDetails } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { usePages } from "@ambient/react";
import { placeOfShow } from "../app/route.js";
import { momentText } from "../ui/format.js";
import { ListEnd } from "../ui/ListEnd.js";
import { Empty, Skeleton } from "../ui/Notice.js";
import { words } from "../words/words.js";

export function MyShows() {
  const { ambient } = useSession();
  const mine = usePages((request) => ambient.shows.mine(request), [ambient]);
  return (
    <section class="my-shows" aria-label={words.discover.mine}>
      <h2>{words.discover.mine}</h2>
      {!mine.items && mine.isLoading && <Skeleton rows={3} />}
      {mine.items &&
        (mine.items.length === 0 ? (
          <Empty icon="plus" title={words.discover.noneOfMine}>
            <a href="#/new">{words.discover.createFirst}</a>
          </Empty>
        ) : (
          <ul class="row-list">
            {mine.items.map((show) => (
              <li key={show.id}>
                <a class="row-link" href={placeOfShow(show.id)}>
                  <span>
                    <span class="row-title" dir="auto">
                      {show.title}
                    </span>
                    <span class="muted small">{whenOf(show)}</span>
                  </span>
                  <span class={`tag tag-${show.status}`}>{words.discover.status[show.status]}</span>
                </a>
              </li>
            ))}
          </ul>
        ))}
      <ListEnd what={words.discover.mine} pages={mine} />
    </section>
  );
}

function whenOf({ createdAt, endedAt, scheduledFor, status }: ShowDetails): string {
  if (status === "scheduled" && scheduledFor) return momentText(scheduledFor.toMillis());
  return momentText((endedAt ?? createdAt).toMillis());
}
