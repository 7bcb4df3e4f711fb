import { messageFor, type AmbientError } from "@ambient/client/core";
import type { Observation } from "@ambient/react";
import type { ReactNode } from "react";
import { ActivityIndicator, StyleSheet, View } from "react-native";
import { Button } from "./Button";
import { Text } from "./Text";
import { useTheme } from "./theme";

/** Something that people should notice. Screen readers read it at once. */
export function Notice({
  isBad = false,
  text,
  children,
}: {
  readonly isBad?: boolean;
  readonly text: string;
  readonly children?: ReactNode;
}) {
  const theme = useTheme();
  return (
    <View
      role={isBad ? "alert" : "status"}
      aria-live={isBad ? "assertive" : "polite"}
      style={[styles.notice, { backgroundColor: isBad ? theme.dangerSoft : theme.accentSoft }]}
    >
      <Text color={isBad ? "danger" : "text"}>{text}</Text>
      {children}
    </View>
  );
}

/** Why something was refused. Nothing without an error. */
export function Refused({
  error,
  retry,
}: {
  readonly error: AmbientError | undefined;
  readonly retry?: (() => void) | undefined;
}) {
  if (!error) return null;
  return (
    <Notice isBad text={messageFor(error.reason)}>
      {retry && <Button text="Try again" onPress={retry} />}
    </Notice>
  );
}

export function Loading({ what }: { readonly what: string }) {
  const theme = useTheme();
  return (
    <View role="status" aria-label={what} style={styles.loading}>
      <ActivityIndicator color={theme.accent} />
    </View>
  );
}

/** Loading, an error, or the value. */
export function Shown<Value>({
  loaded,
  what,
  children,
}: {
  readonly loaded: Observation<Value>;
  readonly what: string;
  readonly children: (value: Value) => ReactNode;
}) {
  switch (loaded.kind) {
    case "loading":
      return <Loading what={what} />;
    case "failed":
      return <Refused error={loaded.error} retry={loaded.retry} />;
    case "known":
      return children(loaded.value);
  }
}

const styles = StyleSheet.create({
  notice: { borderRadius: 12, padding: 12, gap: 8 },
  loading: { padding: 24, alignItems: "center" },
});
