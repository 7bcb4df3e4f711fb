import { messageFor } from "@ambient/client/core";
import { useAmbient, useObservable } from "@ambient/react";
import { StyleSheet, View } from "react-native";
import { Text } from "./Text";
import { useTheme } from "./theme";

/** While the server does not answer, the screens show the last known data, if any. */
export function OfflineBanner() {
  const theme = useTheme();
  const connection = useObservable(useAmbient().connection).value;
  if (connection !== "offline") return null;
  return (
    <View role="status" style={[styles.banner, { backgroundColor: theme.accentSoft }]}>
      <Text kind="strong">{messageFor("OFFLINE")}</Text>
      <Text kind="small">Showing the last update. We'll reconnect automatically.</Text>
    </View>
  );
}

const styles = StyleSheet.create({
  banner: { paddingHorizontal: 16, paddingVertical: 8 },
});
