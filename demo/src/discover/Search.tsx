import {
  asAmbientError,
  type Ambient,
  type AmbientError,
  type FoundCreator,
  type FoundShow,
  type Page,
} from "@ambient/client";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction } from "../ambient/useAction.js";
import { placeOfCreator, placeOfShow } from "../app/route.js";
import { Avatar } from "../ui/Avatar.js";
import { counted, momentText } from "../ui/format.js";
import { MoreButton } from "../ui/MoreButton.js";
import { Empty, Refused, Skeleton } from "../ui/Notice.js";

/** A person types on before a search is worth it. */
const PAUSE_MS = 250;

interface Results {
  readonly creators: Page<FoundCreator>;
  readonly shows: Page<FoundShow>;
}

/** Creators and shows whose words begin as the text's do. */
export function SearchResults({ text }: { readonly text: string }) {
  const { ambient } = useSession();
  const { results, error, add } = useSearch(text);
  const { isPending, error: refused, run } = useAction();
  const { creators, shows } = results ?? {};
  const isEmpty =
    results !== undefined && results.creators.items.length + results.shows.items.length === 0;
  return (
    <>
      {!results && !error && <Skeleton rows={3} label="Searching" />}
      <Refused error={error ?? refused} />
      <p class="visually-hidden" role="status">
        {results && !isEmpty
          ? `${counted(results.creators.items.length, "creator")}, ${counted(results.shows.items.length, "show")} found`
          : ""}
      </p>
      {isEmpty && (
        <Empty icon="people" title={`Nothing found for “${text}”`}>
          Try the beginning of a word of a title or a name.
        </Empty>
      )}
      {creators && creators.items.length > 0 && (
        <Found title="Creators">
          {creators.items.map((creator) => (
            <CreatorRow key={creator.id} creator={creator} />
          ))}
        </Found>
      )}
      <MoreButton
        what="creators"
        pages={moreOf(creators, isPending, (after) => {
          run(async () => {
            const further = await ambient.discover.searchCreators(text, { after });
            add((known) => ({ ...known, creators: joined(known.creators, further) }));
          });
        })}
      />
      {shows && shows.items.length > 0 && (
        <Found title="Shows">
          {shows.items.map((show) => (
            <ShowRow key={show.id} show={show} />
          ))}
        </Found>
      )}
      <MoreButton
        what="shows"
        pages={moreOf(shows, isPending, (after) => {
          run(async () => {
            const further = await ambient.discover.searchShows(text, { after });
            add((known) => ({ ...known, shows: joined(known.shows, further) }));
          });
        })}
      />
    </>
  );
}

function moreOf<Item>(
  page: Page<Item> | undefined,
  isPending: boolean,
  load: (after: Item) => void,
): { readonly more: (() => void) | undefined } {
  const next = page?.next;
  if (next === undefined || isPending) return { more: undefined };
  return {
    more: () => {
      load(next);
    },
  };
}

function joined<Item>(before: Page<Item>, further: Page<Item>): Page<Item> {
  return { items: [...before.items, ...further.items], next: further.next };
}

function useSearch(text: string) {
  const { ambient } = useSession();
  const [results, setResults] = useState<Results>();
  const [error, setError] = useState<AmbientError>();
  useEffect(() => {
    let isWanted = true;
    setError(undefined);
    const timer = setTimeout(() => {
      search(ambient, text).then(
        (found) => {
          if (isWanted) setResults(found);
        },
        (thrown: unknown) => {
          if (isWanted) setError(asAmbientError(thrown));
        },
      );
    }, PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [ambient, text]);
  return {
    results,
    error,
    add: (change: (known: Results) => Results) => {
      setResults((known) => known && change(known));
    },
  };
}

async function search({ discover }: Ambient, text: string): Promise<Results> {
  const [creators, shows] = await Promise.all([
    discover.searchCreators(text),
    discover.searchShows(text),
  ]);
  return { creators, shows };
}

function Found({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
}) {
  const id = useId();
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul class="row-list">{children}</ul>
    </section>
  );
}

function CreatorRow({
  creator: { displayName, followerCount, id },
}: {
  readonly creator: FoundCreator;
}) {
  return (
    <li>
      <a class="row-link" href={placeOfCreator(id)}>
        <span class="row-person">
          <Avatar uid={id} name={displayName} size={34} />
          <span class="row-title">{displayName}</span>
        </span>
        <span class="muted small">{counted(followerCount, "follower")}</span>
      </a>
    </li>
  );
}

function ShowRow({ show: { at, creator, id, status, title } }: { readonly show: FoundShow }) {
  return (
    <li>
      <a class="row-link" href={placeOfShow(id)}>
        <span>
          <span class="row-title">{title}</span>
          <span class="muted small">with {creator.displayName}</span>
        </span>
        {status === "live" ? (
          <span class="tag tag-live">On air</span>
        ) : (
          <span class="muted small">{momentText(at.toMillis())}</span>
        )}
      </a>
    </li>
  );
}
