import type { ReactElement, ReactNode } from "react";
import { FlatList, ScrollView, StyleSheet, View } from "react-native";
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
      {...withKeyboard}
    >
      {children}
    </ScrollView>
  );
}

/** A screen with a list that may be long. Only the rows near the visible ones are rendered. */
export function ListScreen<Item extends { readonly id: string }>({
  items,
  row,
  onEnd,
  below,
  children,
}: {
  readonly items: readonly Item[];
  /** The same function as before, unless its rows change. */
  readonly row: (info: { readonly item: Item }) => ReactElement;
  /** Called when the end comes near. */
  readonly onEnd: (() => void) | undefined;
  readonly below: ReactElement;
  /** Above the list. */
  readonly children: ReactNode;
}) {
  const theme = useTheme();
  const { bottom } = useSafeAreaInsets();
  return (
    <FlatList
      role="main"
      data={items}
      keyExtractor={({ id }) => id}
      renderItem={row}
      ListHeaderComponent={<View style={styles.above}>{children}</View>}
      ListFooterComponent={below}
      onEndReached={onEnd}
      style={{ backgroundColor: theme.page }}
      contentContainerStyle={[styles.list, { paddingBottom: bottom + 24 }]}
      {...withKeyboard}
    />
  );
}

/** The keyboard must not cover the field, nor take the first tap on a button. */
const withKeyboard = {
  automaticallyAdjustKeyboardInsets: true,
  keyboardShouldPersistTaps: "handled",
} as const;

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

const column = { padding: 16, width: "100%", maxWidth: 640, alignSelf: "center" } as const;

const styles = StyleSheet.create({
  screen: { ...column, gap: 16 },
  list: column,
  above: { gap: 16 },
  centred: { flexGrow: 1, justifyContent: "center" },
  card: { borderRadius: 16, padding: 16, gap: 12 },
  row: { flexDirection: "row", alignItems: "center", gap: 12 },
  grow: { flex: 1, gap: 2 },
});
