import { useSession } from "../ambient/context.js";
import { useObservable } from "@ambient/react";
import { Icon } from "../ui/Icon.js";
import { words } from "../words/words.js";

/** A larger number than this would not fit next to the bell. */
const LARGEST = 50;

/** Leads to the inbox, with the number of unread notifications. */
export function InboxLink() {
  const { ambient } = useSession();
  const unread = useObservable(ambient.notifications.unread(LARGEST + 1)).value ?? 0;
  const count = unread > LARGEST ? `${LARGEST}+` : `${unread}`;
  return (
    <a class="inbox-link" href="#/inbox">
      <Icon name="bell" size={20} />
      {unread > 0 && (
        <span class="inbox-count" aria-hidden="true">
          {count}
        </span>
      )}
      <span class="visually-hidden">
        {words.notifications.link(unread > 0 ? count : undefined)}
      </span>
    </a>
  );
}
