import type { Microphone } from "@ambient/client/audio";
import { useAction, useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { Button } from "../ui/Button.js";
import { Refused } from "../ui/Notice.js";

const hint: Readonly<Record<Microphone, string>> = {
  off: "No one can hear you.",
  waiting: "You will be heard once talk resumes.",
  on: "Everyone can hear you.",
  refused: "The microphone is blocked.",
  missing: "No microphone was found.",
};

export function MicrophoneButton() {
  const { show, audio } = useLiveShow();
  const microphone = useObservable(audio.microphone).value;
  const connection = useObservable(audio.connection).value;
  const { role } = useObservable(show.me).value;
  const { isPending, run } = useAction();
  const stepDown = useAction();
  const wants = microphone === "on" || microphone === "waiting";
  return (
    <>
      <div class="microphone">
        <Button
          kind={wants ? "plain" : "primary"}
          icon={wants ? "microphone" : "microphoneOff"}
          isBusy={isPending}
          isDisabled={["none", "elsewhere", "closed"].includes(connection)}
          isOn={wants}
          onClick={() => {
            run(() => (wants ? audio.mute() : audio.unmute()));
          }}
        >
          {wants ? "Mute myself" : "Turn the microphone on"}
        </Button>
        {role !== "creator" && (
          <Button
            kind="quiet"
            isBusy={stepDown.isPending}
            onClick={() => {
              stepDown.run(() => show.stage.setRole(show.uid, "listener"));
            }}
          >
            Leave the stage
          </Button>
        )}
        <p class="muted small">{hint[microphone]}</p>
      </div>
      <Refused error={stepDown.error} />
    </>
  );
}
