import type { Playlist } from "@ambient/client";
import { useRef, useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { TextField } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";
import { Artwork } from "./Artwork.js";
import { SpotifyLink } from "./SpotifyLink.js";
import { TrackText } from "./TrackText.js";
import { useRovingFocus } from "../ui/useRovingFocus.js";
import { words } from "../words/words.js";

/** Searches Spotify for a track, and lets the person choose one. */
export function TrackSearch({
  title,
  label,
  placeholder,
  choice,
  choiceOf,
  uriOf,
  onChoose,
}: {
  readonly title: string;
  readonly label: string;
  readonly placeholder: string;
  /** What the button at a track does, and the same with the track's name. */
  readonly choice: string;
  readonly choiceOf: (name: string) => string;
  /** Recognises a pasted track, which needs no search. */
  readonly uriOf?: (text: string) => string | undefined;
  readonly onChoose: (uri: string) => Promise<unknown>;
}) {
  const { ambient } = useSession();
  const [query, setQuery] = useState("");
  const [found, setFound] = useState<Playlist["tracks"]>();
  const { isPending, error, run } = useAction();
  const adding = useAction();
  const results = useRef<HTMLUListElement>(null);
  useRovingFocus(results);
  return (
    <div class="track-search">
      <form
        class="inline-form"
        role="search"
        aria-label={title}
        onSubmit={(event) => {
          event.preventDefault();
          if (query.trim() === "") return;
          run(async () => {
            const uri = uriOf?.(query);
            if (uri === undefined) {
              setFound(await ambient.playlists.search(query.trim()));
            } else {
              await onChoose(uri);
              setQuery("");
            }
          });
        }}
      >
        <TextField
          label={label}
          isLabelHidden
          placeholder={placeholder}
          value={query}
          onInput={setQuery}
          longest={200}
        />
        <Button type="submit" isBusy={isPending}>
          {words.music.search}
        </Button>
      </form>
      <Refused error={error ?? adding.error} />
      {found?.length === 0 && <p class="muted small">{words.music.nothingFound}</p>}
      <ul class="row-list" aria-label={words.music.found} ref={results}>
        {(found ?? []).map((track) => (
          <li key={track.uri} class="track">
            <span class="track-art">
              <Artwork seed={track.uri} />
            </span>
            <span class="track-text">
              <TrackText track={track} />
              <SpotifyLink uri={track.uri} />
            </span>
            <Button
              isSmall
              icon="plus"
              isBusy={adding.isPending}
              label={choiceOf(track.name)}
              onClick={() => {
                adding.run(async () => {
                  await onChoose(track.uri);
                  setFound(undefined);
                  setQuery((now) => (now === query ? "" : now));
                });
              }}
            >
              {choice}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
