import type { ReactNode } from "react";
import { StyleSheet, Text as NativeText } from "react-native";
import { useTheme, type Theme } from "./theme";

const styles = StyleSheet.create({
  title: { fontSize: 28, fontWeight: "700", letterSpacing: -0.3 },
  heading: { fontSize: 20, fontWeight: "600" },
  strong: { fontSize: 16, fontWeight: "600" },
  body: { fontSize: 16, lineHeight: 22 },
  small: { fontSize: 13, lineHeight: 18 },
});

/** React Native Web reads `aria-level`, which React Native's types do not name. */
function headingProps(kind: keyof typeof styles): { "role"?: "heading"; "aria-level"?: number } {
  switch (kind) {
    case "title":
    case "heading":
      // The navigation's header has level 1.
      return { "role": "heading", "aria-level": 2 };
    default:
      return {};
  }
}

/** Text in the system's font, at the size that the person has chosen for their phone. */
export function Text({
  kind = "body",
  color = "text",
  lines,
  isCentred = false,
  children,
}: {
  readonly kind?: keyof typeof styles;
  readonly color?: keyof Theme;
  readonly lines?: number;
  readonly isCentred?: boolean;
  readonly children: ReactNode;
}) {
  const theme = useTheme();
  return (
    <NativeText
      style={[styles[kind], { color: theme[color] }, isCentred && { textAlign: "center" }]}
      {...headingProps(kind)}
      {...(lines !== undefined && { numberOfLines: lines })}
    >
      {children}
    </NativeText>
  );
}
