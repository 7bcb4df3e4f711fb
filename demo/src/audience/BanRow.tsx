import type { Ban } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useAction } from "../ambient/useAction.js";
import { useSubscribable, valueOf } from "../ambient/useSubscribable.js";
import { useLiveShow } from "../show/ShowContext.js";
import { Avatar } from "../ui/Avatar.js";
import { Button } from "../ui/Button.js";
import { momentText } from "../ui/format.js";
import { Refused } from "../ui/Notice.js";

export function BanRow({ ban: { uid, at } }: { readonly ban: Ban }) {
  const { ambient } = useSession();
  const { show } = useLiveShow();
  // The profile, because a banned person may have no participant document.
  const profile = valueOf(
    useSubscribable(() => ambient.account.profile(uid), [ambient, uid]),
    undefined,
  );
  const { isPending, error, run, dismiss } = useAction();
  const name = profile?.displayName ?? "Someone";
  return (
    <li>
      <div class="ban">
        <span class="row-person">
          <Avatar uid={uid} name={name} size={34} />
          <span>
            <span class="row-title">{name}</span>
            <time class="ban-moment muted small">{momentText(at.toMillis())}</time>
          </span>
        </span>
        <Button
          isSmall
          isBusy={isPending}
          label={`Lift the ban on ${name}`}
          onClick={() => {
            run(() => show.moderation.unban(uid));
          }}
        >
          Lift the ban
        </Button>
      </div>
      <Refused error={error} onDismiss={dismiss} />
    </li>
  );
}
