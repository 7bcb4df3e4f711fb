import type { ListRequest, Page, ShowDetails, Observable } from "@ambient/client";
import { useId } from "preact/hooks";
import { usePages } from "@ambient/react";
import type { IconName } from "../ui/Icon.js";
import { ListEnd } from "../ui/ListEnd.js";
import { Empty, Skeleton } from "../ui/Notice.js";
import { ShowCard } from "./ShowCard.js";

/** A list of shows, page by page, and from its beginning whenever one of `keys` changes. */
export function ShowSection({
  title,
  list,
  keys,
  icon,
  nothing,
  hint,
}: {
  readonly title: string;
  readonly list: (request: ListRequest) => Observable<Page<ShowDetails>>;
  readonly keys: readonly unknown[];
  readonly icon: IconName;
  readonly nothing: string;
  readonly hint: string;
}) {
  const pages = usePages(list, keys);
  const { items, isLoading, more } = pages;
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {items?.length === 0 && !more && (
        <Empty icon={icon} title={nothing}>
          {hint}
        </Empty>
      )}
      {items && items.length > 0 && (
        <ul class="show-grid">
          {items.map((show) => (
            <li key={show.id}>
              <ShowCard show={show} />
            </li>
          ))}
        </ul>
      )}
      {!items && isLoading && <Skeleton rows={2} />}
      <ListEnd what={title} pages={pages} />
    </section>
  );
}
