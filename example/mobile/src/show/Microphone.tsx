import type { ShowAudio, Microphone as MicrophoneState } from "@ambient/client/audio";
import { messageFor, type Participant, type Show } from "@ambient/client/core";
import { useAction } from "@ambient/react";
import { Button } from "../ui/Button";
import { Card } from "../ui/layout";
import { Notice, Refused } from "../ui/Notice";
import { Text } from "../ui/Text";

/** The microphone of a person on the stage. */
export function Microphone({
  show,
  role,
  audio,
  microphone,
  isMusic,
}: {
  readonly show: Show;
  readonly role: Participant["role"];
  readonly audio: ShowAudio;
  readonly microphone: MicrophoneState;
  readonly isMusic: boolean;
}) {
  const speaking = useAction();
  const leaving = useAction();
  const isOn = microphone === "on" || microphone === "waiting";
  return (
    <Card title="Your microphone">
      {isMusic && <Text color="muted">Microphones are off during music.</Text>}
      {(microphone === "refused" || microphone === "missing") && (
        <Notice
          isBad
          text={messageFor(microphone === "refused" ? "MICROPHONE_REFUSED" : "MICROPHONE_MISSING")}
        />
      )}
      <Button
        kind="primary"
        text={isOn ? "Mute yourself" : "Turn the microphone on"}
        isBusy={speaking.isPending}
        onPress={() => {
          speaking.run(async () => (isOn ? audio.mute() : audio.unmute()));
        }}
      />
      {role !== "creator" && (
        <Button
          text="Leave the stage"
          isBusy={leaving.isPending}
          onPress={() => {
            leaving.run(() => show.stage.setRole(show.uid, "listener"));
          }}
        />
      )}
      <Refused error={leaving.error} />
    </Card>
  );
}
