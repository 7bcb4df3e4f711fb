import { connectAudio, followMusic, type MusicFollower, type Show } from "@ambient/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { slotOf } from "../app/slot.js";
import { useSession } from "../ambient/context.js";
import { TonePlayer } from "../music/TonePlayer.js";
import type { LiveShow } from "./ShowContext.js";

/** The audio of a show during the person's stay: voices, and music in step. */
export function useOpenSound(show: Show | undefined): LiveShow | undefined {
  const { suite } = useSession();
  const [live, setLive] = useState<LiveShow>();
  const [opening, setOpening] = useState(0);
  /** A person who turned music off does not want it from the next player either. */
  const isMuted = useRef(false);
  useEffect(() => {
    if (!show) return;
    const durations = new Map<string, number>();
    // In development mode Spotify's API does not report the product, but the player does.
    const persona = suite.personas.find(({ id }) => id === slotOf(location));
    const player = new TonePlayer({
      durationOf: (uri) => durations.get(uri),
      isPremium: () => persona?.product !== "free",
    });
    player.mute(isMuted.current);
    const audio = connectAudio(show);
    const reopen = () => {
      setOpening(opening + 1);
    };
    let follower: MusicFollower | undefined;
    const follow = (isHere: boolean) => {
      if (isHere) follower ??= followMusic(show, player);
      else {
        follower?.close();
        follower = undefined;
      }
      setLive({ show, audio, follower, player, reopen });
    };
    // Music does not wait for voices.
    follow(true);
    const stops = [
      show.music.playlist.subscribe((playlist) => {
        for (const { uri, durationMs } of playlist?.tracks ?? []) durations.set(uri, durationMs);
      }),
      audio.connection.subscribe((connection) => {
        // In two tabs at once, the music would be out of step with itself.
        if (connection === "elsewhere") follow(false);
        if (connection === "connected" || connection === "none") follow(true);
      }),
    ];
    const touched = () => {
      void player.unblock();
      // `canPlay` reports a refusal.
      if (!audio.canPlay.current) audio.unlockAudio().catch(() => undefined);
    };
    // A finger that comes down may start to scroll, so browsers count a touch only when it is lifted.
    addEventListener("pointerup", touched);
    addEventListener("keydown", touched);
    return () => {
      removeEventListener("pointerup", touched);
      removeEventListener("keydown", touched);
      for (const stop of stops) stop();
      follower?.close();
      audio.close();
      isMuted.current = player.isMuted;
      void player.close();
      setLive(undefined);
    };
  }, [show, suite, opening]);
  // The previous show's audio is closed.
  return live?.show === show ? live : undefined;
}
