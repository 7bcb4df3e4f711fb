import type { Playback, Playlist } from "@ambient/client";
import { useState } from "preact/hooks";
import { useAction, useMoment, useObservable } from "@ambient/react";
import { useSession } from "../ambient/context.js";
import { useLiveShow } from "../show/ShowContext.js";
import { Button } from "../ui/Button.js";
import { Empty, Refused } from "../ui/Notice.js";
import { useKeptFocus } from "../ui/useKeptFocus.js";
import { useRovingFocus } from "../ui/useRovingFocus.js";
import { PlaylistPicker } from "./PlaylistPicker.js";
import { TrackRow } from "./TrackRow.js";
import { TrackSearch } from "./TrackSearch.js";
import { useTrackOrder } from "./useTrackOrder.js";
import { words } from "../words/words.js";

/** How many tracks to show at first. A list may have 500. */
const FIRST = 12;

export function PlaylistCard({
  playlist,
  mode,
  isHost,
}: {
  readonly playlist: Playlist | undefined;
  readonly mode: Playback["mode"];
  readonly isHost: boolean;
}) {
  const { ambient } = useSession();
  const { show, follower } = useLiveShow();
  const { role } = useObservable(show.me).value;
  const moment = useMoment(follower);
  const { isPending, error, run, dismiss } = useAction();
  const [isWhole, setWhole] = useState(false);
  const order = useTrackOrder(show.id, playlist);
  const { tracks } = order;
  const { area, heading } = useKeptFocus<HTMLOListElement>();
  useRovingFocus(area);
  const shown = isWhole ? tracks : tracks.slice(0, FIRST);
  const current =
    moment?.kind === "playing" || moment?.kind === "paused" ? moment.trackIndex : undefined;
  return (
    <section class="card" aria-labelledby="playlist">
      <div class="now-head">
        <h2 id="playlist" ref={heading} tabIndex={-1}>
          {words.music.playlist}
        </h2>
        <span class="muted small">{words.count.tracks(tracks.length)}</span>
      </div>
      {tracks.length === 0 && (
        <Empty icon="music" title={words.music.noMusic}>
          {isHost ? words.music.noMusicForHosts : words.music.noMusicForListeners}
        </Empty>
      )}
      <ol class="tracks" ref={area}>
        {shown.map((track, index) => (
          <TrackRow
            key={track.uri}
            track={track}
            isCurrent={index === current}
            edit={
              isHost
                ? {
                    isBusy: isPending || order.isAhead,
                    isFirst: index === 0,
                    isLast: index === tracks.length - 1,
                    onPlay() {
                      run(() =>
                        mode === "music"
                          ? show.music.play(index)
                          : show.stage.setMode("music", index),
                      );
                    },
                    onMove(by) {
                      order.reorder(moved(tracks, index, by));
                    },
                    onRemove() {
                      order.reorder(tracks.toSpliced(index, 1));
                    },
                  }
                : undefined
            }
          />
        ))}
      </ol>
      {tracks.length > FIRST && (
        <Button
          kind="quiet"
          isSmall
          onClick={() => {
            setWhole(!isWhole);
          }}
        >
          {isWhole ? words.common.showFewer : words.common.showAll(tracks.length)}
        </Button>
      )}
      <Refused error={error} onDismiss={dismiss} />
      <Refused error={order.error} onDismiss={order.dismiss} />
      {isHost && (
        <div class="playlist-tools">
          <TrackSearch
            title={words.music.tracks}
            label={words.music.searchLabel}
            placeholder={words.music.searchPlaceholder}
            choice={words.music.add}
            choiceOf={words.music.addTrack}
            onChoose={(uri) => ambient.playlists.add(show.id, uri)}
          />
          {role === "creator" && <PlaylistPicker showId={show.id} />}
        </div>
      )}
    </section>
  );
}

function moved<Track>(tracks: readonly Track[], index: number, by: -1 | 1): readonly Track[] {
  const track = tracks[index];
  return track === undefined ? tracks : tracks.toSpliced(index, 1).toSpliced(index + by, 0, track);
}
