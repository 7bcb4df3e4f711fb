import { useAction, useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { Button } from "../ui/Button.js";
import { Refused } from "../ui/Notice.js";
import { useMicrophone } from "../sound/useMicrophone.js";
import { words } from "../words/words.js";

export function MicrophoneButton() {
  const { show } = useLiveShow();
  const { role } = useObservable(show.me).value;
  const { wants, isPending, isDisabled, text, toggle } = useMicrophone();
  const stepDown = useAction();
  return (
    <>
      <div class="microphone">
        <Button
          kind={wants ? "plain" : "primary"}
          icon={wants ? "microphone" : "microphoneOff"}
          isBusy={isPending}
          isDisabled={isDisabled}
          isOn={wants}
          onClick={toggle}
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
        <p class="muted small">{text}</p>
      </div>
      <Refused error={stepDown.error} />
    </>
  );
}
