import { useCurrentShow } from "@ambient/react";
import { useSound } from "@ambient/react/audio";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { openTonePlayer } from "../music/openTonePlayer.js";
import { applySound } from "../sound/preferences.js";
import { ShowContext } from "./ShowContext.js";

/** Provides the current show to all views, so that its audio goes on in each of them. */
export function ShowAround({ children }: { readonly children: ComponentChildren }) {
  const { suite } = useSession();
  const wasMuted = useRef(false);
  const live = useSound(useCurrentShow(), (show) => openTonePlayer(show, suite, wasMuted));
  const isElsewhere = live !== undefined && live.follower === undefined;
  useEffect(() => {
    // Unlike Spotify's, this player would go on beside the one in the other tab.
    if (isElsewhere) void live.player.pause();
  }, [isElsewhere, live]);
  useEffect(() => {
    if (live) applySound(live);
    // A move to another tab keeps the audio and the player.
  }, [live?.audio]);
  return <ShowContext.Provider value={live}>{children}</ShowContext.Provider>;
}
