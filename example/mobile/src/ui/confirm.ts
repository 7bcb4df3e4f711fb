import { Alert, Platform } from "react-native";

/** Asks before something that cannot be undone. React Native Web has no `Alert`. */
export function confirm(
  { title, text, yes }: { readonly title: string; readonly text: string; readonly yes: string },
  run: () => void,
): void {
  if (Platform.OS === "web") {
    if (globalThis.confirm(`${title}\n${text}`)) run();
    return;
  }
  Alert.alert(title, text, [
    { text: "Cancel", style: "cancel" },
    { text: yes, style: "destructive", onPress: run },
  ]);
}
