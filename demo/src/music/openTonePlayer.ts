import type { Show } from "@ambient/client";
import { slotOf } from "../app/slot.js";
import type { Suite } from "../suite/suite.js";
import { TonePlayer } from "./TonePlayer.js";

/** A player that knows how long the show's tracks are, and begins to sound with the first touch of the page. */
export function openTonePlayer(
  show: Show,
  suite: Suite,
  /** Whether the person turned music off. They do not want it from the next player either. */
  wasMuted: { current: boolean },
): TonePlayer {
  const durations = new Map<string, number>();
  // In development mode Spotify's API does not report the product, but the player does.
  const persona = suite.personas.find(({ id }) => id === slotOf(location));
  const stopPlaylist = show.music.playlist.subscribe((playlist) => {
    for (const { uri, durationMs } of playlist?.tracks ?? []) durations.set(uri, durationMs);
  });
  const player = new TonePlayer({
    durationOf: (uri) => durations.get(uri),
    isPremium: () => persona?.product !== "free",
    onClose(isMuted) {
      wasMuted.current = isMuted;
      stopPlaylist();
      removeEventListener("pointerup", touched);
      removeEventListener("keydown", touched);
    },
  });
  const touched = () => {
    void player.unblock();
  };
  addEventListener("pointerup", touched);
  addEventListener("keydown", touched);
  player.mute(wasMuted.current);
  return player;
}
