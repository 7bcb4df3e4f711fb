import { useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { Dialog } from "../ui/Dialog.js";
import { MicrophoneSettings } from "./MicrophoneSettings.js";
import { MicrophoneStatus } from "./MicrophoneStatus.js";
import { VolumeField } from "./VolumeField.js";
import { words } from "../words/words.js";

/** On iPhones and iPads, the device alone sets the volume of an audio element. */
function canSetVoices(): boolean {
  const probe = new Audio();
  probe.volume = 0.5;
  return probe.volume === 0.5;
}

/** The volumes and the microphone, which people can test before they are on the stage. */
export function SoundDialog({ onClose }: { readonly onClose: () => void }) {
  const { show, audio } = useLiveShow();
  const { role } = useObservable(show.me).value;
  return (
    <Dialog title={words.sound.title} onClose={onClose}>
      <div class="form sound-settings">
        {canSetVoices() && <VolumeField source="voices" />}
        <VolumeField source="music" />
        {role !== "listener" && <MicrophoneStatus />}
        <MicrophoneSettings audio={audio} />
      </div>
    </Dialog>
  );
}
