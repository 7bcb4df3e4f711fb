import { useAction, useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { Button } from "../ui/Button.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

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
          {wants ? words.stage.mute : words.stage.unmute}
        </Button>
        {role !== "creator" && (
          <Button
            kind="quiet"
            isBusy={stepDown.isPending}
            onClick={() => {
              stepDown.run(() => show.stage.setRole(show.uid, "listener"));
            }}
          >
            {words.stage.leave}
          </Button>
        )}
        <p class="muted small">{words.stage.microphone[microphone]}</p>
      </div>
      <Refused error={stepDown.error} />
    </>
  );
}
