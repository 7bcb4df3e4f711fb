import { useAction, useObservable } from "@ambient/react";
import { useState } from "preact/hooks";
import { useLiveShow } from "../show/ShowContext.js";
import { Dialog } from "../ui/Dialog.js";
import { Choice } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";
import { LevelMeter } from "./LevelMeter.js";
import { MicrophoneStatus } from "./MicrophoneStatus.js";
import { preferMicrophone, soundPreferences } from "./preferences.js";
import { VolumeField } from "./VolumeField.js";
import { words } from "../words/words.js";

/** The volume and, on the stage, the microphone. */
export function SoundDialog({ onClose }: { readonly onClose: () => void }) {
  const { show } = useLiveShow();
  const { role } = useObservable(show.me).value;
  return (
    <Dialog title={words.sound.title} onClose={onClose}>
      <div class="form sound-settings">
        <VolumeField />
        {role !== "listener" && <MicrophoneSettings />}
      </div>
    </Dialog>
  );
}

function MicrophoneSettings() {
  const live = useLiveShow();
  const { audio } = live;
  const microphone = useObservable(audio.microphone).value;
  const devices = useObservable(audio.microphones).value ?? [];
  const [chosen, setChosen] = useState(soundPreferences().microphoneId);
  const { error, run } = useAction();
  const [first] = devices;
  const used = devices.find(({ id }) => id === chosen) ?? first;
  return (
    <>
      {used ? (
        <Choice
          label={words.sound.microphone}
          value={used.id}
          options={devices.map(({ id, label }) => ({ value: id, text: label }))}
          onChange={(microphoneId) => {
            setChosen(microphoneId);
            run(async () => {
              try {
                await preferMicrophone(live, microphoneId);
              } catch (error) {
                setChosen(chosen);
                throw error;
              }
            });
          }}
        />
      ) : (
        <p class="muted small">{words.sound.microphonesUnknown}</p>
      )}
      <Refused error={error} />
      <MicrophoneStatus />
      {microphone === "on" && <LevelMeter />}
    </>
  );
}
