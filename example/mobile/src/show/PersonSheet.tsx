import type { Participant, Show } from "@ambient/client/core";
import { useAction, useAmbient, useObservable } from "@ambient/react";
import { useState } from "react";
import { KeyboardAvoidingView, Modal, Pressable, ScrollView, StyleSheet, View } from "react-native";
import { useSafeAreaInsets } from "react-native-safe-area-context";
import { Button } from "../ui/Button";
import { confirm } from "../ui/confirm";
import { Field } from "../ui/Field";
import { Refused, Shown } from "../ui/Notice";
import { Text } from "../ui/Text";
import { useTheme } from "../ui/theme";

/** What the person can do about another one: hosts moderate, and everyone may report and block. */
export function PersonSheet({
  show,
  me,
  uid,
  onClose,
}: {
  readonly show: Show;
  readonly me: Participant;
  readonly uid: string;
  readonly onClose: () => void;
}) {
  const ambient = useAmbient();
  const theme = useTheme();
  const { bottom } = useSafeAreaInsets();
  const person = useObservable(show.participant(uid));
  const [reason, setReason] = useState("");
  const { isPending, error, run } = useAction();
  const name = person.value?.displayName ?? "Someone";
  const act = (work: () => Promise<unknown>) => () => {
    run(async () => {
      await work();
      onClose();
    });
  };
  return (
    <Modal transparent animationType="slide" onRequestClose={onClose}>
      <KeyboardAvoidingView behavior="padding" style={styles.back}>
        <Pressable style={styles.rest} onPress={onClose} aria-hidden />
        <View aria-modal aria-label={name} style={[styles.sheet, { backgroundColor: theme.card }]}>
          <ScrollView
            contentContainerStyle={[styles.content, { paddingBottom: bottom + 16 }]}
            keyboardShouldPersistTaps="handled"
          >
            <Shown loaded={person} what="Loading">
              {(known) => (
                <>
                  <Text kind="heading">{name}</Text>
                  {known &&
                    deedsFor(me, known).map(({ text, kind, run: deed }) => (
                      <Button
                        key={text}
                        kind={kind}
                        text={text}
                        label={`${text}: ${name}`}
                        isBusy={isPending}
                        onPress={act(() => deed(show, uid))}
                      />
                    ))}
                  {uid !== me.uid && (
                    <>
                      <Text kind="strong">Report</Text>
                      <Field
                        label="What's wrong?"
                        value={reason}
                        onChange={setReason}
                        longest={500}
                      />
                      <Button
                        kind="danger"
                        text="Send report"
                        label={`Send report: ${name}`}
                        isBusy={isPending}
                        isDisabled={reason.trim() === ""}
                        onPress={act(() =>
                          ambient.report(reason.trim(), {
                            showId: show.id,
                            uid,
                            category: "other",
                          }),
                        )}
                      />
                      <Button
                        kind="danger"
                        text="Block"
                        label={`Block ${name}`}
                        isBusy={isPending}
                        onPress={() => {
                          const question = {
                            title: `Block ${name}?`,
                            text: "You won't see each other, and you leave this show.",
                            yes: "Block",
                          };
                          confirm(
                            question,
                            act(() => ambient.account.block(uid)),
                          );
                        }}
                      />
                    </>
                  )}
                </>
              )}
            </Shown>
            <Refused error={error} />
            <Button kind="primary" text="Close" onPress={onClose} />
          </ScrollView>
        </View>
      </KeyboardAvoidingView>
    </Modal>
  );
}

interface Deed {
  readonly text: string;
  readonly kind: "plain" | "danger";
  readonly run: (show: Show, uid: string) => Promise<unknown>;
}

const mute: Deed = { text: "Mute", kind: "plain", run: (show, uid) => show.moderation.mute(uid) };
const invite: Deed = {
  text: "Invite to speak",
  kind: "plain",
  run: (show, uid) => show.stage.setRole(uid, "speaker"),
};
const lower: Deed = {
  text: "Move to audience",
  kind: "plain",
  run: (show, uid) => show.stage.setRole(uid, "listener"),
};
const remove: Deed = {
  text: "Remove",
  kind: "danger",
  run: (show, uid) => show.moderation.remove(uid),
};

/** The server's rule: cohosts can act on listeners and speakers, the creator on everyone. */
function deedsFor(me: Participant, person: Participant): readonly Deed[] {
  const isCreator = me.role === "creator";
  if (me.uid === person.uid || (!isCreator && me.role !== "cohost")) return [];
  if (person.state !== "present" || person.role === "creator") return [];
  if (person.role === "listener") return [invite, remove];
  return person.role === "speaker" || isCreator ? [mute, lower, remove] : [];
}

const styles = StyleSheet.create({
  back: { flex: 1, justifyContent: "flex-end", backgroundColor: "rgba(0, 0, 0, 0.4)" },
  rest: { flex: 1 },
  // Large text scrolls, and so does the rest while the keyboard is up.
  sheet: { flexShrink: 1, maxHeight: "90%", borderTopLeftRadius: 20, borderTopRightRadius: 20 },
  content: { padding: 16, gap: 12 },
});
