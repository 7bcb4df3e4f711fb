import type { InboxEntry } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useAction } from "../ambient/useAction.js";
import { useSubscribable } from "../ambient/useSubscribable.js";
import { placeOfShow } from "../app/route.js";
import { useViewFocus } from "../app/useViewFocus.js";
import { Avatar } from "../ui/Avatar.js";
import { Button } from "../ui/Button.js";
import { momentText } from "../ui/format.js";
import { Empty, Refused, Skeleton } from "../ui/Notice.js";
import { SettingsForm } from "./SettingsForm.js";

export function InboxPage() {
  const { ambient, uid } = useSession();
  const inbox = useSubscribable(() => ambient.notifications.inbox(), [ambient, uid]);
  const { isPending, error, run } = useAction();
  const heading = useViewFocus("inbox");
  const entries = inbox.kind === "known" ? inbox.value : [];
  const unread = entries.filter(({ readAt }) => readAt === null);
  const markRead = (some: readonly InboxEntry[]) => {
    run(() => Promise.all(some.map(({ id }) => ambient.notifications.markRead(id))));
  };
  return (
    <div class="page page-narrow">
      <div class="page-head">
        <h1 ref={heading} tabIndex={-1}>
          Notifications
        </h1>
        {unread.length > 0 && (
          <Button
            isSmall
            isBusy={isPending}
            onClick={() => {
              markRead(unread);
            }}
          >
            Mark all as read
          </Button>
        )}
      </div>
      {inbox.kind === "loading" && <Skeleton rows={3} label="Loading your notifications" />}
      {inbox.kind === "failed" && <Refused error={inbox.error} />}
      <Refused error={error} />
      {inbox.kind === "known" && entries.length === 0 && (
        <Empty icon="bell" title="No notifications yet">
          <p>Follow a creator, or ask to be reminded of a show.</p>
        </Empty>
      )}
      {entries.length > 0 && (
        <ul class="inbox">
          {entries.map((entry) => (
            <li key={entry.id}>
              <a
                class="inbox-entry"
                data-unread={entry.readAt === null}
                href={placeOfShow(entry.showId)}
                onClick={() => {
                  if (entry.readAt === null) markRead([entry]);
                }}
              >
                <Avatar uid={entry.creatorUid} name={entry.creator.displayName} size={40} />
                <span class="inbox-text">
                  <span>
                    {textOf(entry)}
                    {entry.readAt === null && <span class="visually-hidden"> (unread)</span>}
                  </span>
                  <span class="muted small">{momentText(entry.createdAt.toMillis())}</span>
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <SettingsForm />
    </div>
  );
}

function textOf({ kind, creator, title, scheduledFor }: InboxEntry): string {
  const { displayName } = creator;
  switch (kind) {
    case "live":
      return `${displayName} is live: ${title}`;
    case "moved":
      return `${displayName} moved ${title}${scheduledFor ? ` to ${momentText(scheduledFor.toMillis())}` : ""}`;
    case "cancelled":
      return `${displayName} cancelled ${title}`;
    case "invited":
      return `You are invited to the stage of ${title}`;
    case "unknown":
      return `${displayName}: ${title}`;
  }
}
