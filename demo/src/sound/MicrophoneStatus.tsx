import { useAction, useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { IconButton } from "../ui/Button.js";
import { words } from "../words/words.js";

/** The person's own microphone in a small space: whether they are live, and a button to mute or unmute. */
export function MicrophoneStatus() {
  const { audio } = useLiveShow();
  const microphone = useObservable(audio.microphone).value;
  const connection = useObservable(audio.connection).value;
  const { isPending, run } = useAction();
  const wants = microphone === "on" || microphone === "waiting";
  return (
    <div class="mic-status" data-microphone={microphone}>
      <IconButton
        icon={wants ? "microphone" : "microphoneOff"}
        label={wants ? words.sound.mute : words.sound.unmute}
        isBusy={isPending}
        isDisabled={["none", "elsewhere", "closed"].includes(connection)}
        isOn={wants}
        onClick={() => {
          run(() => (wants ? audio.mute() : audio.unmute()));
        }}
      />
      <span class="mic-status-text">{words.stage.microphone[microphone]}</span>
    </div>
  );
}
