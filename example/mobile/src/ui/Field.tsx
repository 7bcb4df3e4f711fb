import { Platform, StyleSheet, Switch as NativeSwitch, TextInput, View } from "react-native";
import { Grow, Row } from "./layout";
import { Text } from "./Text";
import { TOUCH, useTheme } from "./theme";

export function Field({
  label,
  value,
  onChange,
  onSubmit,
  longest,
  isLong = false,
  isNumber = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly onSubmit?: () => void;
  readonly longest: number;
  readonly isLong?: boolean;
  readonly isNumber?: boolean;
}) {
  const theme = useTheme();
  return (
    <View style={styles.field}>
      <Text kind="small" color="muted">
        {label}
      </Text>
      <TextInput
        aria-label={label}
        value={value}
        onChangeText={onChange}
        onSubmitEditing={onSubmit}
        maxLength={longest}
        multiline={isLong}
        inputMode={isNumber ? "numeric" : "text"}
        placeholderTextColor={theme.muted}
        style={[
          styles.input,
          { color: theme.text, borderColor: theme.line, backgroundColor: theme.page },
          isLong && styles.long,
        ]}
      />
    </View>
  );
}

export function Switch({
  label,
  isOn,
  onChange,
}: {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  const theme = useTheme();
  return (
    <Row>
      <Grow>
        <Text>{label}</Text>
      </Grow>
      <NativeSwitch
        aria-label={label}
        value={isOn}
        onValueChange={onChange}
        // iOS has its own colours.
        {...(Platform.OS !== "ios" && {
          trackColor: { true: theme.accent, false: theme.line },
          thumbColor: "#ffffff",
        })}
      />
    </Row>
  );
}

const styles = StyleSheet.create({
  field: { gap: 4 },
  input: {
    minHeight: TOUCH,
    borderWidth: 1,
    borderRadius: 12,
    paddingHorizontal: 12,
    paddingVertical: 10,
    fontSize: 16,
  },
  long: { minHeight: 2 * TOUCH, textAlignVertical: "top" },
});
