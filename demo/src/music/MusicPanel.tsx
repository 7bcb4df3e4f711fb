import { useObservable, useSubscribable, valueOf } from "../ambient/useSubscribable.js";
import { useLiveShow } from "../show/ShowContext.js";
import { NowPlaying } from "./NowPlaying.js";
import { PlaylistCard } from "./PlaylistCard.js";

/** What plays, and what will. */
export function MusicPanel() {
  const { show } = useLiveShow();
  const { role } = useObservable(show.me);
  const isHost = role === "creator" || role === "cohost";
  const playlist = valueOf(
    useSubscribable(() => show.music.playlist, [show]),
    undefined,
  );
  const playback = valueOf(
    useSubscribable(() => show.music.playback, [show]),
    undefined,
  );
  return (
    <div class="panel panel-music">
      <NowPlaying playlist={playlist} mode={playback?.mode ?? "talk"} isHost={isHost} />
      <PlaylistCard playlist={playlist} mode={playback?.mode ?? "talk"} isHost={isHost} />
    </div>
  );
}
