import type { AudioConnection, Microphone } from "@ambient/client/audio";
import { useAction, useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { words } from "../words/words.js";

/** The person's own microphone: its state in words, and the switch for it. */
export function useMicrophone() {
  const { audio, show } = useLiveShow();
  const microphone = useObservable(audio.microphone).value;
  const connection = useObservable(audio.connection).value;
  const playback = useObservable(show.music.playback).value;
  const { isPending, run } = useAction();
  /** Whether the person wants to be heard. */
  const wants = microphone === "on" || microphone === "waiting";
  return {
    microphone,
    wants,
    isPending,
    isDisabled: ["none", "elsewhere", "closed"].includes(connection),
    text: textOf(microphone, connection, playback?.mode === "music"),
    toggle: () => {
      run(() => (wants ? audio.mute() : audio.unmute()));
    },
  };
}

function textOf(microphone: Microphone, connection: AudioConnection, isMusicOn: boolean): string {
  // The microphone there may be on.
  if (connection === "elsewhere") return words.stage.microphoneElsewhere;
  // In talk mode, the connection or the permission to speak is on its way.
  if (microphone === "waiting" && !isMusicOn) return words.stage.microphoneConnecting;
  return words.stage.microphone[microphone];
}
