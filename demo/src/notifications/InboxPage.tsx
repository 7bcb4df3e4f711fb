import type { InboxEntry } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useAction, useObservable, usePages } from "@ambient/react";
import { placeOfShow } from "../app/route.js";
import { useViewFocus } from "../app/useViewFocus.js";
import { FollowInList } from "../following/FollowButton.js";
import { Avatar } from "../ui/Avatar.js";
import { Button } from "../ui/Button.js";
import { momentText } from "../ui/format.js";
import { ListEnd } from "../ui/ListEnd.js";
import { Empty, Refused, Skeleton } from "../ui/Notice.js";
import { SettingsForm } from "./SettingsForm.js";
import { sentence } from "../words/isolated.js";
import { words } from "../words/words.js";

export function InboxPage() {
  const { ambient, uid } = useSession();
  const inbox = usePages<InboxEntry>(
    (request) => ambient.notifications.inbox(request),
    [ambient, uid],
  );
  const unread = useObservable(ambient.notifications.unread(1)).value ?? 0;
  const { isPending, error, run } = useAction();
  const heading = useViewFocus("inbox");
  const { items: entries = [] } = inbox;
  return (
    <div class="page page-narrow">
      <div class="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {words.notifications.title}
        </h1>
        {unread > 0 && (
          <Button
            isSmall
            isBusy={isPending}
            onClick={() => {
              run(() => ambient.notifications.markAllRead());
            }}
          >
            {words.notifications.markAllRead}
          </Button>
        )}
      </div>
      {inbox.isLoading && !inbox.items && <Skeleton rows={3} />}
      <Refused error={error} />
      {inbox.items?.length === 0 && (
        <Empty icon="bell" title={words.notifications.none}>
          <p>{words.notifications.noneHint}</p>
        </Empty>
      )}
      {entries.length > 0 && (
        <ul class="inbox">
          {entries.map((entry) => (
            <li key={entry.id} class="inbox-row">
              <a
                class="inbox-entry"
                data-unread={entry.readAt === null}
                href={placeOfShow(entry.showId)}
                onClick={() => {
                  if (entry.readAt === null) run(() => ambient.notifications.markRead(entry.id));
                }}
              >
                <Avatar uid={entry.creatorUid} name={entry.creator.displayName} size={40} />
                <span class="inbox-text">
                  <span>
                    {textOf(entry)}
                    {entry.readAt === null && (
                      <span class="visually-hidden"> {words.notifications.unread}</span>
                    )}
                  </span>
                  <span class="muted small">{momentText(entry.createdAt.toMillis())}</span>
                </span>
              </a>
              <FollowInList uid={entry.creatorUid} name={entry.creator.displayName} />
            </li>
          ))}
        </ul>
      )}
      <ListEnd what={words.notifications.title} pages={inbox} />
      <SettingsForm />
    </div>
  );
}

function textOf({ kind, creator: { displayName }, scheduledFor, title }: InboxEntry): string {
  switch (kind) {
    case "live":
      return words.notifications.live(displayName, title);
    case "moved":
      return scheduledFor
        ? words.notifications.movedTo(displayName, title, momentText(scheduledFor.toMillis()))
        : words.notifications.moved(displayName, title);
    case "cancelled":
      return words.notifications.cancelled(displayName, title);
    case "invited":
      return words.notifications.invited(title);
    case "unknown":
      return sentence`${displayName}: ${title}`;
  }
}
