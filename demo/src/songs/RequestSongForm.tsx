import { trackUriOf } from "@ambient/client";
import { useLiveShow } from "../show/ShowContext.js";
import { TrackSearch } from "../music/TrackSearch.js";
import { words } from "../words/words.js";

/** Requests a song by a pasted link, or by a search, which asks Spotify only when it is sent. */
export function RequestSongForm() {
  const { songRequests } = useLiveShow().show;
  return (
    <TrackSearch
      title={words.songs.request}
      label={words.songs.searchLabel}
      placeholder={words.songs.searchPlaceholder}
      choice={words.songs.requestIt}
      choiceOf={words.songs.requestSong}
      uriOf={trackUriOf}
      onChoose={(uri) => songRequests.request(uri)}
    />
  );
}
