import { useObservable } from "@ambient/react";
import { MiniPlayer } from "../music/MiniPlayer.js";
import { useLiveShow } from "../show/ShowContext.js";
import { MicrophoneStatus } from "./MicrophoneStatus.js";
import { SoundButton } from "./SoundButton.js";

/** What must stay at hand on every view: the person's own microphone, what plays, and the volume. */
export function LiveControls() {
  const { show } = useLiveShow();
  const { role } = useObservable(show.me).value;
  return (
    <div class="live-controls">
      {role !== "listener" && <MicrophoneStatus />}
      <MiniPlayer />
      <SoundButton />
    </div>
  );
}
