import type { PlaybackMoment } from "../../../functions/src/contract/playbackAt.js";
import type { PlaylistDocument } from "../../../functions/src/contract/music.js";

/** The state of the music after a host's step. */
export interface TrackPosition {
  readonly trackIndex: number;
  readonly positionMs: number;
  readonly paused: boolean;
}

export type Step =
  | { readonly kind: "play"; readonly trackIndex?: number }
  | { readonly kind: "pause" }
  | { readonly kind: "seek"; readonly positionMs: number }
  | { readonly kind: "next" }
  | { readonly kind: "previous" };

/** After this much of a track, "previous" restarts it, as in most players. */
const PREVIOUS_MS = 3_000;

/** The state after a step, given what plays now. Undefined: there is no such track. */
export function positionAfter(
  step: Step,
  heard: PlaybackMoment,
  tracks: PlaylistDocument["tracks"],
): TrackPosition | undefined {
  const { trackIndex, positionMs, paused } = positionOf(heard, tracks.length);
  const at = (
    index: number,
    position: Omit<TrackPosition, "trackIndex">,
  ): TrackPosition | undefined => {
    const track = tracks[index];
    if (!track) return undefined;
    const whole = Math.round(Math.max(0, position.positionMs));
    return { ...position, trackIndex: index, positionMs: Math.min(whole, track.durationMs) };
  };
  switch (step.kind) {
    case "play":
      if (step.trackIndex === undefined || step.trackIndex === trackIndex) {
        return at(trackIndex, { positionMs, paused: false });
      }
      return at(step.trackIndex, { positionMs: 0, paused: false });
    case "pause":
      return at(trackIndex, { positionMs, paused: true });
    case "seek":
      return at(trackIndex, { positionMs: step.positionMs, paused });
    case "next":
      return at(trackIndex + 1, { positionMs: 0, paused: false });
    case "previous": {
      const isAtBeginning = heard.kind !== "over" && positionMs < PREVIOUS_MS;
      const index = isAtBeginning ? Math.max(0, trackIndex - 1) : trackIndex;
      return at(index, { positionMs: 0, paused: false });
    }
  }
}

function positionOf(heard: PlaybackMoment, trackCount: number): TrackPosition {
  switch (heard.kind) {
    case "playing":
    case "paused":
      return { ...heard, paused: heard.kind === "paused" };
    case "over":
      return { trackIndex: trackCount - 1, positionMs: 0, paused: true };
    case "talk":
    case "idle":
      return { trackIndex: 0, positionMs: 0, paused: true };
  }
}
