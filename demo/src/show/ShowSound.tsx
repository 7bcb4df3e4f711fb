import {
  AmbientError,
  followMusic,
  type MusicFollower,
  type PlayerAdapter,
  type Show,
} from "@ambient/client";
import { useSound } from "@ambient/react/audio";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { openTonePlayer } from "../music/openTonePlayer.js";
import { applySound } from "../sound/preferences.js";
import type { LiveShow } from "./ShowContext.js";

/** Opens the sound of the current show. */
export function ShowSound({
  show,
  wasMuted,
  onChange,
}: {
  readonly show: Show;
  /** Whether the person turned music off, also in the show before. */
  readonly wasMuted: { current: boolean };
  readonly onChange: (live: LiveShow | undefined) => void;
}) {
  const session = useSession();
  const live = useSound(show, () => openTonePlayer(show, session, wasMuted));
  const isElsewhere = live !== undefined && live.follower === undefined;
  const [watcher, setWatcher] = useState<MusicFollower>();
  useEffect(() => {
    if (!isElsewhere) return undefined;
    const follower = followMusic(show, silentPlayer);
    setWatcher(follower);
    return () => {
      follower.close();
      setWatcher(undefined);
    };
  }, [isElsewhere, show]);
  useLayoutEffect(() => {
    onChange(live && { ...live, music: live.follower ?? watcher });
  }, [live, watcher, onChange]);
  useEffect(() => {
    // Unlike Spotify's, this player would keep playing at the same time as the one in the other tab.
    if (isElsewhere) void live.player.pause();
  }, [isElsewhere, live]);
  useEffect(() => {
    if (live) applySound(live);
    // A move to another tab keeps the audio and the player.
  }, [live?.audio]);
  return null;
}

const refuse = () => Promise.reject(new AmbientError("SPOTIFY_NOT_PREMIUM"));

/** Plays nothing: its follower gives up at once, and still knows what plays. */
const silentPlayer: PlayerAdapter = {
  longestList: 100,
  typicalLatencyMs: { play: 500, seek: 500 },
  reportEveryMs: 60_000,
  settlingMs: 500,
  play: refuse,
  pause: () => Promise.resolve(),
  seek: refuse,
  report: refuse,
};
