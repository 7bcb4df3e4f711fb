import type { Playback, Playlist } from "@ambient/client";
import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction } from "../ambient/useAction.js";
import { useObservable } from "../ambient/useSubscribable.js";
import { useLiveShow } from "../show/ShowContext.js";
import { Button } from "../ui/Button.js";
import { counted } from "../ui/format.js";
import { Empty, Refused } from "../ui/Notice.js";
import { PlaylistPicker } from "./PlaylistPicker.js";
import { TrackRow } from "./TrackRow.js";
import { TrackSearch } from "./TrackSearch.js";
import { useMoment } from "./useMoment.js";

/** As many as one looks at; the whole list may have 500. */
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
  const { show } = useLiveShow();
  const { role } = useObservable(show.me);
  const moment = useMoment();
  const { isPending, error, run, dismiss } = useAction();
  const [isWhole, setWhole] = useState(false);
  const tracks = playlist?.tracks ?? [];
  const shown = isWhole ? tracks : tracks.slice(0, FIRST);
  const current =
    moment?.kind === "playing" || moment?.kind === "paused" ? moment.trackIndex : undefined;
  const reorder = (uris: readonly string[]) => {
    if (!playlist) return;
    run(() => ambient.playlists.reorder(show.id, playlist.revision, uris));
  };
  const uris = tracks.map(({ uri }) => uri);
  return (
    <section class="card" aria-labelledby="playlist">
      <div class="now-head">
        <h2 id="playlist">Playlist</h2>
        <span class="muted small">{counted(tracks.length, "track")}</span>
      </div>
      {tracks.length === 0 && (
        <Empty icon="music" title="No music yet">
          {isHost ? "Choose one of your playlists, or add a track." : "The hosts have chosen none."}
        </Empty>
      )}
      <ol class="tracks">
        {shown.map((track, index) => (
          <TrackRow
            key={track.uri}
            track={track}
            isCurrent={index === current}
            edit={
              isHost
                ? {
                    isBusy: isPending,
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
                      reorder(moved(uris, index, by));
                    },
                    onRemove() {
                      reorder(uris.toSpliced(index, 1));
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
          {isWhole ? "Show fewer" : `Show all ${tracks.length}`}
        </Button>
      )}
      <Refused error={error} onDismiss={dismiss} />
      {isHost && (
        <div class="playlist-tools">
          <TrackSearch showId={show.id} />
          {role === "creator" && <PlaylistPicker showId={show.id} />}
        </div>
      )}
    </section>
  );
}

function moved(uris: readonly string[], index: number, by: -1 | 1): readonly string[] {
  const uri = uris[index];
  return uri === undefined ? uris : uris.toSpliced(index, 1).toSpliced(index + by, 0, uri);
}
