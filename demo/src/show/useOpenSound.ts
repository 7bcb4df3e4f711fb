import { connectAudio, followMusic, type Show } from "@ambient/client";
import { useEffect, useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { TonePlayer } from "../music/TonePlayer.js";
import type { LiveShow } from "./ShowContext.js";

/** The sound of a show, for as long as the view is there: voices, and music in step. */
export function useOpenSound(show: Show): LiveShow | undefined {
  const { ambient } = useSession();
  const [live, setLive] = useState<LiveShow>();
  useEffect(() => {
    const durations = new Map<string, number>();
    let product: string | undefined;
    const player = new TonePlayer({
      durationOf: (uri) => durations.get(uri),
      isPremium: () => product !== "free",
    });
    const stops = [
      ambient.account.details.subscribe((account) => {
        product = account?.product;
      }),
      show.music.playlist.subscribe((playlist) => {
        for (const { uri, durationMs } of playlist?.tracks ?? []) durations.set(uri, durationMs);
      }),
    ];
    const audio = connectAudio(show);
    const follower = followMusic(show, player);
    const touched = () => {
      void player.unblock();
      if (!audio.canPlay.current) void audio.play();
    };
    addEventListener("pointerdown", touched);
    addEventListener("keydown", touched);
    setLive({ show, audio, follower, player });
    return () => {
      removeEventListener("pointerdown", touched);
      removeEventListener("keydown", touched);
      for (const stop of stops) stop();
      follower.close();
      audio.close();
      void player.close();
    };
  }, [ambient, show]);
  return live;
}
