import { useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { useIsHost } from "../show/useIsHost.js";
import { Empty, Refused, Skeleton } from "../ui/Notice.js";
import { useKeptFocus } from "../ui/useKeptFocus.js";
import { useRovingFocus } from "../ui/useRovingFocus.js";
import { words } from "../words/words.js";
import { DeclineAllButton } from "./DeclineAllButton.js";
import { MyDecidedRequests } from "./MyDecidedRequests.js";
import { RequestSongForm } from "./RequestSongForm.js";
import { SongRow } from "./SongRow.js";

/** The songs that the audience would like to hear, by votes. */
export function SongRequestsCard() {
  const { show } = useLiveShow();
  const isHost = useIsHost(show);
  const { settings } = useObservable(show.details).value;
  const songs = useObservable(show.songRequests.open);
  const { area, heading } = useKeptFocus<HTMLOListElement>();
  useRovingFocus(area);
  const isOpen = settings?.songRequestsOpen ?? true;
  return (
    <section class="card" aria-labelledby="songs">
      <div class="now-head">
        <h2 id="songs" ref={heading} tabIndex={-1}>
          {words.songs.title}
        </h2>
        {songs.value && songs.value.length > 0 && <span class="count">{songs.value.length}</span>}
        {isHost && <DeclineAllButton songs={songs.value ?? []} />}
      </div>
      {songs.kind === "loading" && <Skeleton rows={2} />}
      {songs.kind === "failed" && <Refused error={songs.error} />}
      {songs.value?.length === 0 && (
        <Empty icon="music" title={words.songs.none}>
          {isOpen ? hintFor(isHost) : words.songs.closed}
        </Empty>
      )}
      <ol class="tracks" ref={area}>
        {(songs.value ?? []).map((song) => (
          <SongRow key={song.id} song={song} isHost={isHost} />
        ))}
      </ol>
      {!isHost && <MyDecidedRequests />}
      {!isHost && isOpen && <RequestSongForm />}
      {!isOpen && songs.value && songs.value.length > 0 && (
        <p class="muted small">{words.songs.closed}</p>
      )}
    </section>
  );
}

function hintFor(isHost: boolean): string {
  return isHost ? words.songs.noneForHosts : words.songs.noneForListeners;
}
