import { deviceClock, type Show, spotifyOf, webApiPlayer } from "@ambient/client";
import type { Session } from "../ambient/context.js";
import { currentSlot } from "../app/slot.js";
import { TonePlayer } from "./TonePlayer.js";

/** A player that knows how long the show's tracks are, and begins to sound with the first touch of the page. */
export function openTonePlayer(
  show: Show,
  { ambient, suite }: Pick<Session, "ambient" | "suite">,
  /** Whether the person turned music off. They do not want it from the next player either. */
  wasMuted: { current: boolean },
): TonePlayer {
  const durations = new Map<string, number>();
  // In development mode Spotify's API does not report the product, but the player does.
  const persona = suite.personas.find(({ id }) => id === currentSlot());
  let isLinked = true;
  const stops = [
    show.music.playlist.subscribe((playlist) => {
      for (const { uri, durationMs } of playlist?.tracks ?? []) durations.set(uri, durationMs);
    }),
    ambient.account.details.subscribe(
      (details) => {
        isLinked = details?.spotifyLinked !== false;
      },
      () => undefined,
    ),
  ];
  const player = new TonePlayer({
    durationOf: (uri) => durations.get(uri),
    refusal() {
      if (!isLinked) return "SPOTIFY_RELINK_REQUIRED";
      return persona?.product === "free" ? "SPOTIFY_NOT_PREMIUM" : undefined;
    },
    devices() {
      const api = spotifyOf(ambient, { baseUrl: `http://${suite.spotify}/v1` });
      return webApiPlayer(api, deviceClock).devices();
    },
    onClose(isMuted) {
      wasMuted.current = isMuted;
      for (const stop of stops) stop();
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
