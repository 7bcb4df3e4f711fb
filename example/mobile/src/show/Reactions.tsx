import type { ReactionKind, Show, Tap } from "@ambient/client/core";
import { useReactions } from "@ambient/react";
import { useState } from "react";
import { Pressable, StyleSheet, Text as NativeText } from "react-native";
import { counted } from "../ui/counted";
import { Card, Row } from "../ui/layout";
import { Text } from "../ui/Text";
import { TOUCH, useTheme } from "../ui/theme";

const signs: readonly (readonly [kind: ReactionKind, sign: string, name: string])[] = [
  ["clap", "👏", "clap"],
  ["heart", "❤️", "heart"],
  ["fire", "🔥", "fire reaction"],
  ["laugh", "😂", "laugh"],
  ["wow", "😮", "wow reaction"],
];

const hints: Readonly<Record<Tap, string | undefined>> = {
  counted: undefined,
  limited: "That's a lot of love. Try again in a few seconds.",
  unavailable: "Reactions aren't available right now.",
};

export function Reactions({ show }: { readonly show: Show }) {
  const theme = useTheme();
  const { totals, send } = useReactions(show);
  const [tap, setTap] = useState<Tap>("counted");
  const hint = hints[tap];
  return (
    <Card title="Reactions">
      <Row wraps>
        {signs.map(([kind, sign, name]) => {
          const count = totals.value?.[kind] ?? 0;
          return (
            <Pressable
              key={kind}
              role="button"
              aria-label={counted(count, name, `${name}s`)}
              onPress={() => {
                setTap(send(kind));
              }}
              style={({ pressed }) => [
                styles.reaction,
                { backgroundColor: theme.accentSoft, opacity: pressed ? 0.6 : 1 },
              ]}
            >
              <NativeText style={[styles.sign, { color: theme.text }]}>{sign}</NativeText>
              <Text kind="small">{count}</Text>
            </Pressable>
          );
        })}
      </Row>
      {hint !== undefined && <Text color="muted">{hint}</Text>}
    </Card>
  );
}

const styles = StyleSheet.create({
  reaction: {
    minHeight: TOUCH,
    minWidth: TOUCH,
    borderRadius: 22,
    paddingHorizontal: 10,
    flexDirection: "row",
    alignItems: "center",
    justifyContent: "center",
    gap: 4,
  },
  sign: { fontSize: 20 },
});
