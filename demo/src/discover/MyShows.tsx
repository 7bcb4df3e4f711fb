import type { ShowDetails } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { usePages } from "@ambient/react";
import { placeOfShow } from "../app/route.js";
import { momentText } from "../ui/format.js";
import { ListEnd } from "../ui/ListEnd.js";
import { Empty, Skeleton } from "../ui/Notice.js";

const statusText: Readonly<Record<ShowDetails["status"], string>> = {
  draft: "Draft",
  scheduled: "Announced",
  live: "On air",
  ended: "Over",
  cancelled: "Cancelled",
  unknown: "",
};

export function MyShows() {
  const { ambient } = useSession();
  const mine = usePages((request) => ambient.shows.mine(request), [ambient]);
  return (
    <section class="my-shows" aria-label="Your shows">
      <h2>Your shows</h2>
      {!mine.items && mine.isLoading && <Skeleton rows={3} label="Loading your shows" />}
      {mine.items &&
        (mine.items.length === 0 ? (
          <Empty icon="plus" title="You have no shows yet">
            <a href="#/new">Create one</a>, and go live when you like.
          </Empty>
        ) : (
          <ul class="row-list">
            {mine.items.map((show) => (
              <li key={show.id}>
                <a class="row-link" href={placeOfShow(show.id)}>
                  <span>
                    <span class="row-title">{show.title}</span>
                    <span class="muted small">{whenOf(show)}</span>
                  </span>
                  <span class={`tag tag-${show.status}`}>{statusText[show.status]}</span>
                </a>
              </li>
            ))}
          </ul>
        ))}
      <ListEnd what="your shows" pages={mine} />
    </section>
  );
}

function whenOf({ createdAt, endedAt, scheduledFor, status }: ShowDetails): string {
  if (status === "scheduled" && scheduledFor) return momentText(scheduledFor.toMillis());
  return momentText((endedAt ?? createdAt).toMillis());
}
