import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Pages } from "@ambient/react";
import { ListEnd } from "./ListEnd.js";
import { Skeleton } from "./Notice.js";
import { useKeptFocus } from "./useKeptFocus.js";

/** A list of people on the account page. */
export function PeopleSection<Person>({
  title,
  hint,
  nothing,
  pages,
  row,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly nothing: string;
  readonly pages: Pages<Person>;
  readonly row: (person: Person) => ComponentChildren;
}) {
  const { items, isLoading, more } = pages;
  const { area } = useKeptFocus<HTMLElement>();
  const id = useId();
  return (
    <section class="card" aria-labelledby={id} ref={area} tabIndex={-1}>
      <h2 id={id}>{title}</h2>
      {hint !== undefined && <p class="muted">{hint}</p>}
      {!items && isLoading && <Skeleton rows={1} />}
      {items?.length === 0 && !more && <p>{nothing}</p>}
      {items && items.length > 0 && <ul class="row-list">{items.map(row)}</ul>}
      <ListEnd what={title} pages={pages} />
    </section>
  );
}
