import type { ShowDetails } from "@ambient/client/core";
import { useNavigation } from "@react-navigation/native";
import { Pressable, StyleSheet } from "react-native";
import { Avatar } from "../ui/Avatar";
import { counted } from "../ui/counted";
import { Grow } from "../ui/layout";
import { Text } from "../ui/Text";
import { TOUCH } from "../ui/theme";
import { momentText } from "../ui/time";

export type ListedShow = Pick<ShowDetails, "id" | "title" | "creator" | "status"> &
  Partial<Pick<ShowDetails, "audience" | "scheduledFor">>;

export function ShowRow({ show }: { readonly show: ListedShow }) {
  const navigation = useNavigation();
  const { creator, id, status, title } = show;
  const state = stateOf(show);
  return (
    <Pressable
      role="link"
      aria-label={`${title}, ${creator.displayName}, ${state}`}
      onPress={() => {
        navigation.navigate("Show", { showId: id });
      }}
      style={({ pressed }) => [styles.row, pressed && styles.pressed]}
    >
      <Avatar name={creator.displayName} photoUrl={creator.photoUrl} />
      <Grow>
        <Text kind="strong" lines={2}>
          {title}
        </Text>
        <Text kind="small" color="muted">
          {creator.displayName}
        </Text>
        {/* Below, so that large text has room. */}
        <Text kind="small" color={status === "live" ? "live" : "muted"}>
          {state}
        </Text>
      </Grow>
    </Pressable>
  );
}

function stateOf({ audience, scheduledFor, status }: ListedShow): string {
  switch (status) {
    case "live":
      return audience ? `Live · ${counted(audience.listeners, "listener", "listeners")}` : "Live";
    case "scheduled":
      return scheduledFor ? momentText(scheduledFor.toMillis()) : "Scheduled";
    case "draft":
      return "Draft";
    case "ended":
      return "Ended";
    case "cancelled":
      return "Cancelled";
    case "unknown":
      return "";
  }
}

const styles = StyleSheet.create({
  row: {
    minHeight: TOUCH,
    flexDirection: "row",
    alignItems: "center",
    gap: 12,
    paddingVertical: 4,
  },
  pressed: { opacity: 0.6 },
});
