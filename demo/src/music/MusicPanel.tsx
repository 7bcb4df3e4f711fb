import { useMusic } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { useIsHost } from "../show/useIsHost.js";
import { Refused, Skeleton } from "../ui/Notice.js";
import { SongRequestsCard } from "../songs/SongRequestsCard.js";
import { NowPlaying } from "./NowPlaying.js";
import { PlaylistCard } from "./PlaylistCard.js";
import { words } from "../words/words.js";

/** What plays now, and what comes next. */
export function MusicPanel() {
  const { show } = useLiveShow();
  const isHost = useIsHost(show);
  const { playlist, playback } = useMusic(show);
  if (playlist.kind === "known" && playback.kind === "known") {
    const music = { playlist: playlist.value, mode: playback.value?.mode ?? "talk", isHost };
    return (
      <div class="panel panel-music">
        <NowPlaying {...music} />
        <PlaylistCard {...music} />
        <SongRequestsCard />
      </div>
    );
  }
  const failed = [playlist, playback].find((known) => known.kind === "failed");
  return (
    <div class="panel panel-music">
      <section class="card" aria-labelledby="music">
        <h2 id="music">{words.music.title}</h2>
        {failed ? <Refused error={failed.error} /> : <Skeleton rows={3} />}
      </section>
    </div>
  );
}
