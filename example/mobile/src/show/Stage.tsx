import type { Participant } from "@ambient/client/core";
import type { Observation } from "@ambient/react";
import type { AudioState } from "@ambient/react/audio";
import { Pressable, StyleSheet, View } from "react-native";
import { Avatar } from "../ui/Avatar";
import { Card } from "../ui/layout";
import { Shown } from "../ui/Notice";
import { Text } from "../ui/Text";
import { useTheme } from "../ui/theme";

const order: readonly Participant["role"][] = ["creator", "cohost", "speaker", "listener"];

const roleText: Readonly<Record<Participant["role"], string>> = {
  creator: "Creator",
  cohost: "Cohost",
  speaker: "Speaker",
  listener: "Listener",
  unknown: "",
};

/** The people on the stage. */
export function Stage({
  me,
  people,
  audio,
  isMusic,
  onChoose,
}: {
  readonly me: Participant;
  readonly people: Observation<readonly Participant[]>;
  readonly audio: AudioState;
  readonly isMusic: boolean;
  readonly onChoose: (uid: string) => void;
}) {
  // Microphones matter only in talk, and are known only while connected.
  const isTalk = !isMusic && audio.connection === "connected";
  return (
    <Card title="On stage">
      <Shown loaded={people} what="Loading the stage">
        {(known) => (
          <View style={styles.stage}>
            {[...known]
              .sort((one, other) => order.indexOf(one.role) - order.indexOf(other.role))
              .map((person) => (
                <Person
                  key={person.uid}
                  person={person}
                  isMe={person.uid === me.uid}
                  isSpeaking={audio.voices.some(({ uid }) => uid === person.uid)}
                  isMuted={isTalk && !audio.microphonesOn.includes(person.uid)}
                  onPress={() => {
                    onChoose(person.uid);
                  }}
                />
              ))}
          </View>
        )}
      </Shown>
    </Card>
  );
}

function Person({
  person: { displayName, photoUrl, role },
  isMe,
  isSpeaking,
  isMuted,
  onPress,
}: {
  readonly person: Participant;
  readonly isMe: boolean;
  readonly isSpeaking: boolean;
  readonly isMuted: boolean;
  readonly onPress: () => void;
}) {
  const theme = useTheme();
  const state = isSpeaking ? "speaking" : isMuted ? "muted" : undefined;
  const about = [displayName, roleText[role], isMe && "you", state].filter(Boolean).join(", ");
  return (
    <Pressable
      role="button"
      aria-label={about}
      onPress={onPress}
      style={({ pressed }) => [styles.person, pressed && styles.pressed]}
    >
      <View style={[styles.ring, { borderColor: isSpeaking ? theme.accent : "transparent" }]}>
        <Avatar name={displayName} photoUrl={photoUrl} size={64} />
      </View>
      <Text kind="small" lines={2} isCentred>
        {displayName}
      </Text>
      <Text kind="small" color="muted" isCentred>
        {isMuted ? "Muted" : isMe ? "You" : roleText[role]}
      </Text>
    </Pressable>
  );
}

const styles = StyleSheet.create({
  stage: { flexDirection: "row", flexWrap: "wrap", gap: 12 },
  person: { width: 92, alignItems: "center", gap: 2 },
  pressed: { opacity: 0.6 },
  ring: { borderWidth: 3, borderRadius: 40, padding: 2 },
});
