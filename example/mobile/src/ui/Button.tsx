import { ActivityIndicator, Pressable, StyleSheet, View } from "react-native";
import { Text } from "./Text";
import { TOUCH, useTheme, type Theme } from "./theme";

const looks: Readonly<
  Record<"primary" | "plain" | "danger", { back: keyof Theme; front: keyof Theme }>
> = {
  primary: { back: "accent", front: "onAccent" },
  plain: { back: "accentSoft", front: "accent" },
  danger: { back: "dangerSoft", front: "danger" },
};

export function Button({
  text,
  label,
  kind = "plain",
  isBusy = false,
  isDisabled = false,
  onPress,
}: {
  readonly text: string;
  /** For screen readers, if the text alone does not say what the button acts on. */
  readonly label?: string;
  readonly kind?: keyof typeof looks;
  readonly isBusy?: boolean;
  readonly isDisabled?: boolean;
  readonly onPress: () => void;
}) {
  const theme = useTheme();
  const { back, front } = looks[kind];
  const isOff = isBusy || isDisabled;
  return (
    <Pressable
      role="button"
      aria-label={label ?? text}
      aria-busy={isBusy}
      aria-disabled={isOff}
      disabled={isOff}
      onPress={onPress}
      style={({ pressed }) => [
        styles.button,
        { backgroundColor: theme[back], opacity: isDisabled ? 0.5 : pressed ? 0.8 : 1 },
      ]}
    >
      <Text kind="strong" color={front} isCentred>
        {text}
      </Text>
      {isBusy && (
        <View style={styles.busy}>
          <ActivityIndicator color={theme[front]} />
        </View>
      )}
    </Pressable>
  );
}

const styles = StyleSheet.create({
  button: {
    minHeight: TOUCH,
    borderRadius: 12,
    paddingHorizontal: 16,
    paddingVertical: 10,
    flexDirection: "row",
    alignItems: "center",
    justifyContent: "center",
  },
  busy: { marginLeft: 8 },
});
