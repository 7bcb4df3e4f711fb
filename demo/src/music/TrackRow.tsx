import type { Playlist } from "@ambient/client";
import { IconButton } from "../ui/Button.js";
import { clockTime, spokenTime } from "../ui/format.js";
import { Artwork } from "./Artwork.js";
import { TrackText } from "./TrackText.js";
import { words } from "../words/words.js";

export interface TrackEdit {
  readonly isBusy: boolean;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  onPlay(): void;
  onMove(by: -1 | 1): void;
  onRemove(): void;
}

export function TrackRow({
  track,
  isCurrent,
  edit,
}: {
  readonly track: Playlist["tracks"][number];
  readonly isCurrent: boolean;
  /** Only for hosts. */
  readonly edit: TrackEdit | undefined;
}) {
  const { durationMs, name, uri } = track;
  return (
    <li class="track" aria-current={isCurrent ? "true" : undefined}>
      <span class="track-art">
        <Artwork seed={uri} />
      </span>
      <span class="track-text">
        <TrackText track={track} />
      </span>
      <span class="muted small figures-inline">
        <span aria-hidden="true">{clockTime(durationMs)}</span>
        <span class="visually-hidden">{spokenTime(durationMs)}</span>
      </span>
      {edit && (
        <span class="track-tools">
          <IconButton
            icon="play"
            label={words.music.playTrack(name)}
            isBusy={edit.isBusy}
            onClick={() => {
              edit.onPlay();
            }}
          />
          <IconButton
            icon="up"
            label={words.music.moveUp(name)}
            isDisabled={edit.isFirst}
            onClick={() => {
              edit.onMove(-1);
            }}
          />
          <IconButton
            icon="down"
            label={words.music.moveDown(name)}
            isDisabled={edit.isLast}
            onClick={() => {
              edit.onMove(1);
            }}
          />
          <IconButton
            icon="close"
            label={words.music.removeTrack(name)}
            onClick={() => {
              edit.onRemove();
            }}
          />
        </span>
      )}
    </li>
  );
}
