import type { AmbientError } from "@ambient/client";
import type { ShowAudio } from "@ambient/client/audio";
import { useAction, useObservable } from "@ambient/react";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../ui/Button.js";
import { Choice } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";
import { LevelMeter } from "./LevelMeter.js";
import { useMicrophones } from "./microphones.js";
import { MicrophoneTest } from "./MicrophoneTest.js";
import { preferMicrophone, soundPreferences } from "./preferences.js";

/** The choice of a microphone, with its level: that of the show or, before it, of a test that nobody else hears. */
export function MicrophoneSettings({
  audio,
}: {
  /** Left out before the show. */
  readonly audio?: ShowAudio;
}) {
  const microphone = useObservable(audio?.microphone).value;
  const [chosen, setChosen] = useState(soundPreferences().microphoneId);
  const [isTesting, setTesting] = useState(false);
  const [testedId, setTestedId] = useState<string>();
  const [failure, setFailure] = useState<AmbientError>();
  const { error, run } = useAction();
  useEffect(() => {
    // Otherwise, the test would listen again as soon as the person mutes themselves.
    if (microphone === "on") setTesting(false);
  }, [microphone]);
  const devices = useMicrophones(`${microphone ?? ""} ${testedId ?? ""}`);
  const byId = (wanted: string | undefined) => devices.find(({ id }) => id === wanted);
  const [first] = devices;
  // The chosen one may be unplugged.
  const used = byId(testedId) ?? byId(chosen) ?? first;
  return (
    <>
      {used && (
        <Choice
          label={words.sound.microphone}
          value={used.id}
          options={devices.map(({ id, label }) => ({ value: id, text: label }))}
          onChange={(microphoneId) => {
            setChosen(microphoneId);
            setTestedId(undefined);
            run(async () => {
              try {
                await preferMicrophone(audio, microphoneId);
              } catch (error) {
                setChosen(chosen);
                throw error;
              }
            });
          }}
        />
      )}
      <Refused error={error ?? failure} />
      {audio && microphone === "on" && <OwnLevel audio={audio} />}
      {microphone !== "on" && isTesting && (
        <MicrophoneTest
          microphoneId={chosen}
          onOpen={setTestedId}
          onFailed={(error) => {
            setTesting(false);
            setFailure(error);
          }}
        />
      )}
      {microphone !== "on" && !isTesting && (
        <div class="actions">
          <Button
            icon="microphone"
            onClick={() => {
              setFailure(undefined);
              setTesting(true);
            }}
          >
            {words.sound.test}
          </Button>
        </div>
      )}
    </>
  );
}

/** The level of the microphone that the show hears. */
function OwnLevel({ audio }: { readonly audio: ShowAudio }) {
  return <LevelMeter level={useObservable(audio.level).value ?? 0} />;
}
