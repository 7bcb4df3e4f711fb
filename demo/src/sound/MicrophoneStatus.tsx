import { IconButton } from "../ui/Button.js";
import { words } from "../words/words.js";
import { useMicrophone } from "./useMicrophone.js";

/** The person's own microphone in a small space: whether they are live, and a button to mute or unmute. */
export function MicrophoneStatus() {
  const { microphone, wants, isPending, isDisabled, text, toggle } = useMicrophone();
  return (
    <div class="mic-status" data-microphone={microphone}>
      <IconButton
        icon={wants ? "microphone" : "microphoneOff"}
        label={wants ? words.sound.mute : words.sound.unmute}
        isBusy={isPending}
        isDisabled={isDisabled}
        isOn={wants}
        onClick={toggle}
      />
      <span class="mic-status-text">{text}</span>
    </div>
  );
}
