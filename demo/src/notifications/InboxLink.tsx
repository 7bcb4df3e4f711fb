import { useSession } from "../ambient/context.js";
import { useSubscribable, valueOf } from "../ambient/useSubscribable.js";
import { Icon } from "../ui/Icon.js";

/** Leads to the inbox, with the number of unread notifications. */
export function InboxLink() {
  const { ambient, uid } = useSession();
  const inbox = valueOf(
    useSubscribable(() => ambient.notifications.inbox(), [ambient, uid]),
    [],
  );
  const unread = inbox.filter(({ readAt }) => readAt === null).length;
  return (
    <a class="inbox-link" href="#/inbox">
      <Icon name="bell" size={20} />
      {unread > 0 && (
        <span class="inbox-count" aria-hidden="true">
          {unread}
        </span>
      )}
      <span class="visually-hidden">Notifications{unread > 0 && `, ${unread} unread`}</span>
    </a>
  );
}
