import type { ShowAudio } from "@ambient/client/audio";
import { messageFor, type Participant, type Show } from "@ambient/client/core";
import { useAction } from "@ambient/react";
import type { AudioState } from "@ambient/react/audio";
import { Button } from "../ui/Button";
import { Card } from "../ui/layout";
import { Notice, Refused } from "../ui/Notice";
import { Text } from "../ui/Text";

/** The microphone of a person on the stage. */
export function Microphone({
  show,
  role,
  audio,
  state: { connection, microphone },
  isMusic,
}: {
  readonly show: Show;
  readonly role: Participant["role"];
  readonly audio: ShowAudio;
  readonly state: AudioState;
  readonly isMusic: boolean;
}) {
  const speaking = useAction();
  const leaving = useAction();
  const isOn = microphone === "on" || microphone === "waiting";
  return (
    <Card title="Your microphone">
      {microphone === "off" && <Text>You're muted</Text>}
      {microphone === "muted" && <Text>A host muted you</Text>}
      {microphone === "on" && <Text>You're live</Text>}
      {microphone === "waiting" && (
        <Text>{isMusic ? "Your mic is on after the music" : "Connecting your microphone…"}</Text>
      )}
      {microphone === "refused" && <Notice isBad text={messageFor("MICROPHONE_REFUSED")} />}
      {microphone === "missing" && <Notice isBad text={messageFor("MICROPHONE_MISSING")} />}
      <Button
        kind="primary"
        text={isOn ? "Mute" : "Unmute"}
        isBusy={speaking.isPending}
        isDisabled={["none", "elsewhere", "closed"].includes(connection)}
        onPress={() => {
          speaking.run(async () => (isOn ? audio.mute() : audio.unmute()));
        }}
      />
      {role !== "creator" && (
        <Button
          text="Leave stage"
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
