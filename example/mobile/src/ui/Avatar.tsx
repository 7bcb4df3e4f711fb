import { useState } from "react";
import { Image, StyleSheet, Text, View } from "react-native";
import { useTheme } from "./theme";

/** A person's picture, or the first letter of their name. Their name is next to it, so screen readers skip it. */
export function Avatar({
  name,
  photoUrl,
  size = 44,
}: {
  readonly name: string;
  readonly photoUrl: string | null;
  readonly size?: number;
}) {
  const theme = useTheme();
  const shape = { width: size, height: size, borderRadius: size / 2 };
  /** A picture that does not load, such as one that was replaced at Spotify. */
  const [missing, setMissing] = useState<string>();
  if (photoUrl !== null && photoUrl !== missing) {
    return (
      <Image
        source={{ uri: photoUrl }}
        style={shape}
        alt=""
        aria-hidden
        onError={() => {
          setMissing(photoUrl);
        }}
      />
    );
  }
  return (
    <View aria-hidden style={[styles.letter, shape, { backgroundColor: theme.accentSoft }]}>
      <Text
        allowFontScaling={false}
        style={{ color: theme.accent, fontSize: size * 0.42, fontWeight: "600" }}
      >
        {(Array.from(name)[0] ?? "?").toUpperCase()}
      </Text>
    </View>
  );
}

const styles = StyleSheet.create({
  letter: { alignItems: "center", justifyContent: "center" },
});
