import type { FoundCreator, FoundShow } from "@ambient/client";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useFetchedPages } from "@ambient/react";
import { placeOfCreator, placeOfShow } from "../app/route.js";
import { FollowInList } from "../following/FollowButton.js";
import { momentText } from "../ui/format.js";
import { ListEnd } from "../ui/ListEnd.js";
import { Empty, Skeleton } from "../ui/Notice.js";
import { PersonRow } from "../ui/PersonRow.js";
import { words } from "../words/words.js";

/** Wait for a pause in typing before searching. */
const PAUSE_MS = 250;

/** Creators and shows with words that start with the typed text. */
export function SearchResults({ text }: { readonly text: string }) {
  const searched = useAfterPause(text);
  if (searched === undefined) return <Skeleton rows={3} label={words.discover.searching} />;
  // The key starts over with each text, so one search never shows another's results.
  return <Results key={searched} text={searched} />;
}

/** The text, once it has not changed for a moment; undefined before the first pause. */
function useAfterPause(text: string): string | undefined {
  const [settled, setSettled] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(text);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [text]);
  return settled;
}

function Results({ text }: { readonly text: string }) {
  const { discover } = useSession().ambient;
  const creators = useFetchedPages<FoundCreator, FoundCreator>(
    (after) => discover.searchCreators(text, { after }),
    [],
  );
  const shows = useFetchedPages<FoundShow, FoundShow>(
    (after) => discover.searchShows(text, { after }),
    [],
  );
  const isSearching = [creators, shows].some(({ items, isLoading }) => !items && isLoading);
  const isEmpty = creators.items?.length === 0 && shows.items?.length === 0;
  const nothing =
    creators.more || shows.more
      ? words.discover.nothingFoundYet(text)
      : words.discover.nothingFound(text);
  const summary = isEmpty
    ? nothing
    : words.discover.found(
        words.count.creators(creators.items?.length ?? 0),
        words.count.shows(shows.items?.length ?? 0),
      );
  return (
    <>
      {isSearching && <Skeleton rows={3} label={words.discover.searching} />}
      <p class="visually-hidden" role="status">
        {creators.items && shows.items && summary}
      </p>
      {isEmpty && (
        <Empty icon="people" title={nothing}>
          {words.discover.searchHint}
        </Empty>
      )}
      {creators.items && creators.items.length > 0 && (
        <Found title={words.discover.creators}>
          {creators.items.map((creator) => (
            <CreatorRow key={creator.id} creator={creator} />
          ))}
        </Found>
      )}
      <ListEnd what={words.discover.creators} pages={creators} text={furtherText(creators.items)} />
      {shows.items && shows.items.length > 0 && (
        <Found title={words.discover.shows}>
          {shows.items.map((show) => (
            <ShowRow key={show.id} show={show} />
          ))}
        </Found>
      )}
      <ListEnd what={words.discover.shows} pages={shows} text={furtherText(shows.items)} />
    </>
  );
}

/** A search for several words may look through some pages without a match. */
function furtherText(items: readonly unknown[] | undefined): string {
  return items?.length === 0 ? words.discover.keepSearching : words.common.more;
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
    <PersonRow
      uid={id}
      name={displayName}
      hasPage
      detail={<span class="muted small">{words.count.followers(followerCount)}</span>}
    >
      <FollowInList uid={id} name={displayName} />
    </PersonRow>
  );
}

function ShowRow({ show }: { readonly show: FoundShow }) {
  const { at, creator, creatorUid, id, status, title } = show;
  return (
    <li class="found-show">
      <a class="row-link" href={placeOfShow(id)}>
        <span class="row-title" dir="auto">
          {title}
        </span>
        {status === "live" ? (
          <span class="tag tag-live">{words.common.live}</span>
        ) : (
          <span class="muted small">{momentText(at.toMillis())}</span>
        )}
      </a>
      <p class="show-card-person">
        <span class="muted">{words.common.with}</span>
        <a href={placeOfCreator(creatorUid)} dir="auto">
          {creator.displayName}
        </a>
        <FollowInList uid={creatorUid} name={creator.displayName} />
      </p>
    </li>
  );
}
