import type { Participant, Playback } from "@ambient/client";
import { useEffect, useRef } from "preact/hooks";
import { useObservable } from "@ambient/react";
import { useAnnounce } from "../app/Announcer.js";
import { useLiveShow } from "./ShowContext.js";

const modes: Readonly<Record<Playback["mode"], string | undefined>> = {
  unknown: undefined,
  talk: "Talk has resumed.",
  music: "Music is playing. Microphones are off.",
};

const roles: Readonly<Record<Participant["role"], string | undefined>> = {
  unknown: undefined,
  creator: "You are the creator.",
  cohost: "You are a host now.",
  speaker: "You are on stage. Turn your microphone on to be heard.",
  listener: "You are back in the audience.",
};

/** Announces changes by hosts to people who cannot see them. */
export function useShowAnnouncements(): void {
  const { show } = useLiveShow();
  const { role } = useObservable(show.me).value;
  const playback = useObservable(show.music.playback).value;
  const request = useObservable(show.stage.request).value;
  useChange(playback?.mode, (mode) => modes[mode]);
  useChange(role, (now) => roles[now]);
  useChange(request?.status, (status) =>
    status === "rejected" ? "The hosts declined your request." : undefined,
  );
}

/** Announces changes, and not the first value. */
function useChange<State>(
  state: State | undefined,
  sentence: (state: State) => string | undefined,
) {
  const announce = useAnnounce();
  const before = useRef<State>(undefined);
  useEffect(() => {
    const said =
      before.current === undefined || state === undefined || before.current === state
        ? undefined
        : sentence(state);
    before.current = state;
    if (said !== undefined) announce(said);
  }, [state, announce]);
}
