import { messageFor, type Participant, type Show } from "@ambient/client/core";
import { useAction, type AudioState } from "../ambient/hooks";
import { Button } from "../ui/Button";
import { Card } from "../ui/layout";
import { Notice, Refused } from "../ui/Notice";
import { Text } from "../ui/Text";

/** The microphone of a person on the stage. */
export function Microphone({
  show,
  role,
  audio: { audio, microphone },
  mode,
}: {
  readonly show: Show;
  readonly role: Participant["role"];
  readonly audio: AudioState;
  readonly mode: "talk" | "music";
}) {
  const speaking = useAction();
  const leaving = useAction();
  const isOn = microphone === "on" || microphone === "waiting";
  return (
    <Card title="Your microphone">
      {mode === "music" && <Text color="muted">Microphones are off during music.</Text>}
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
        isDisabled={!audio}
        onPress={() => {
          speaking.run(async () => (isOn ? audio?.mute() : audio?.unmute()));
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
