import { useEffect, useRef } from "preact/hooks";
import { useObservable } from "@ambient/react";
import { useAnnounce } from "../app/Announcer.js";
import { useLiveShow } from "./ShowContext.js";
import { words } from "../words/words.js";

/** Announces changes by hosts to people who cannot see them. */
export function useShowAnnouncements(): void {
  const { show } = useLiveShow();
  const { role } = useObservable(show.me).value;
  const playback = useObservable(show.music.playback).value;
  const request = useObservable(show.stage.request).value;
  useChange(playback?.mode, (mode) =>
    mode === "unknown" ? undefined : words.show.announcement[mode],
  );
  useChange(role, (now) => (now === "unknown" ? undefined : words.show.announcement[now]));
  useChange(request?.status, (status) =>
    status === "rejected" ? words.show.announcement.requestDeclined : undefined,
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
    const announcement =
      before.current === undefined || state === undefined || before.current === state
        ? undefined
        : sentence(state);
    before.current = state;
    if (announcement !== undefined) announce(announcement);
  }, [state, announce]);
}
