import type { InboxEntry } from "@ambient/client/core";
import { useAction, useAmbient, useObservable, usePages } from "@ambient/react";
import { useNavigation } from "@react-navigation/native";
import { Pressable, StyleSheet } from "react-native";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { Card, Grow, Screen } from "../ui/layout";
import { Refused } from "../ui/Notice";
import { PagedList } from "../ui/PagedList";
import { Text } from "../ui/Text";
import { TOUCH } from "../ui/theme";
import { momentText } from "../ui/time";
import { NotificationSettings } from "./NotificationSettings";

export function InboxScreen() {
  const ambient = useAmbient();
  const inbox = usePages((request) => ambient.notifications.inbox(request), [ambient]);
  const unread = useObservable(ambient.notifications.unread(1)).value ?? 0;
  const { isPending, error, run } = useAction();
  return (
    <Screen>
      <Card title="Latest">
        {unread > 0 && (
          <Button
            text="Mark all as read"
            isBusy={isPending}
            onPress={() => {
              run(() => ambient.notifications.markAllRead());
            }}
          />
        )}
        <Refused error={error} />
        <PagedList
          pages={inbox}
          what="Notifications"
          empty="No notifications yet. Follow a creator or set a reminder for a show."
        >
          {(entry) => <Entry entry={entry} />}
        </PagedList>
      </Card>
      <NotificationSettings />
    </Screen>
  );
}

function Entry({ entry }: { readonly entry: InboxEntry }) {
  const ambient = useAmbient();
  const navigation = useNavigation();
  const { createdAt, creator, id, readAt, showId } = entry;
  const text = textOf(entry);
  return (
    <Pressable
      role="link"
      aria-label={readAt === null ? `${text} (unread)` : text}
      onPress={() => {
        // If this fails, the entry stays unread.
        if (readAt === null) ambient.notifications.markRead(id).catch(() => undefined);
        navigation.navigate("Show", { showId });
      }}
      style={({ pressed }) => [styles.entry, pressed && styles.pressed]}
    >
      <Avatar name={creator.displayName} photoUrl={creator.photoUrl} size={40} />
      <Grow>
        <Text kind={readAt === null ? "strong" : "body"}>{text}</Text>
        <Text kind="small" color="muted">
          {momentText(createdAt.toMillis())}
        </Text>
      </Grow>
    </Pressable>
  );
}

function textOf({ kind, creator, title, scheduledFor }: InboxEntry): string {
  switch (kind) {
    case "live":
      return `${creator.displayName} is live: ${title}`;
    case "moved":
      return `${creator.displayName} moved “${title}”${scheduledFor ? ` to ${momentText(scheduledFor.toMillis())}` : ""}`;
    case "cancelled":
      return `${creator.displayName} cancelled “${title}”`;
    case "invited":
      return `You're invited on stage in “${title}”`;
    case "unknown":
      return title;
  }
}

const styles = StyleSheet.create({
  entry: { minHeight: TOUCH, flexDirection: "row", alignItems: "center", gap: 12 },
  pressed: { opacity: 0.6 },
});
