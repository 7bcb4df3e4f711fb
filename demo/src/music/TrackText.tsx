import type { Playlist } from "@ambient/client";
import { words } from "../words/words.js";

/** What a track is called, in a list. */
export function TrackText({
  track: { artists, explicit, name },
}: {
  readonly track: Pick<Playlist["tracks"][number], "artists" | "explicit" | "name">;
}) {
  return (
    <>
      <span class="track-name" dir="auto">
        {name}
        {explicit && (
          <span class="explicit">
            <span aria-hidden="true">{words.music.explicitSign}</span>
            <span class="visually-hidden">{words.music.explicit}</span>
          </span>
        )}
      </span>
      <span class="muted small" dir="auto">
        {artists.join(", ")}
      </span>
    </>
  );
}
