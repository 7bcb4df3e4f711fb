import { useMoment, useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { Artwork } from "./Artwork.js";
import { SpotifyLink } from "./SpotifyLink.js";
import { words } from "../words/words.js";

/** The track that plays now, in a small space. Nothing in talk mode. */
export function MiniPlayer() {
  const { follower, show } = useLiveShow();
  const moment = useMoment(follower);
  const playlist = useObservable(show.music.playlist).value;
  if (moment?.kind !== "playing" && moment?.kind !== "paused") return null;
  const track = playlist?.tracks[moment.trackIndex];
  if (!track) return null;
  const progress = `${((moment.positionMs / track.durationMs) * 100).toFixed(1)}%`;
  return (
    <section class="mini-player" aria-label={words.music.playing}>
      <span class="mini-art">
        <Artwork seed={track.uri} />
      </span>
      <div class="mini-text">
        <p class="mini-title" dir="auto">
          {track.name}
        </p>
        <p class="mini-artists muted">
          <bdi>{track.artists.join(", ")}</bdi>
          {moment.kind === "paused" && ` · ${words.music.paused}`}
        </p>
      </div>
      <SpotifyLink uri={track.uri} />
      <span class="mini-progress" aria-hidden="true" style={{ "--progress": progress }} />
    </section>
  );
}
