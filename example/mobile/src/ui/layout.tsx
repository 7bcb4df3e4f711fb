import type { ReactNode } from "react";
import { ScrollView, StyleSheet, View } from "react-native";
import { useSafeAreaInsets } from "react-native-safe-area-context";
import { Text } from "./Text";
import { useTheme } from "./theme";

/** A screen that scrolls. */
export function Screen({
  isCentred = false,
  children,
}: {
  readonly isCentred?: boolean;
  readonly children: ReactNode;
}) {
  const theme = useTheme();
  const { bottom } = useSafeAreaInsets();
  return (
    <ScrollView
      role="main"
      style={{ backgroundColor: theme.page }}
      contentContainerStyle={[
        styles.screen,
        { paddingBottom: bottom + 24 },
        isCentred && styles.centred,
      ]}
      keyboardShouldPersistTaps="handled"
    >
      {children}
    </ScrollView>
  );
}

/** A part of a screen, with its name as a heading. */
export function Card({
  title,
  children,
}: {
  readonly title?: string;
  readonly children: ReactNode;
}) {
  const theme = useTheme();
  return (
    <View
      style={[styles.card, { backgroundColor: theme.card }]}
      {...(title !== undefined && { "role": "region", "aria-label": title })}
    >
      {title !== undefined && <Text kind="heading">{title}</Text>}
      {children}
    </View>
  );
}

export function Row({
  children,
  wraps = false,
}: {
  readonly children: ReactNode;
  readonly wraps?: boolean;
}) {
  return <View style={[styles.row, wraps && { flexWrap: "wrap" }]}>{children}</View>;
}

/** Takes the space that the others in a row leave. */
export function Grow({ children }: { readonly children: ReactNode }) {
  return <View style={styles.grow}>{children}</View>;
}

const styles = StyleSheet.create({
  screen: { padding: 16, gap: 16, width: "100%", maxWidth: 640, alignSelf: "center" },
  centred: { flexGrow: 1, justifyContent: "center" },
  card: { borderRadius: 16, padding: 16, gap: 12 },
  row: { flexDirection: "row", alignItems: "center", gap: 12 },
  grow: { flex: 1, gap: 2 },
});
