import type { Ban } from "@ambient/client";
import { useAction } from "@ambient/react";
import { PersonRow, useNameOf } from "../ui/PersonRow.js";
import { useLiveShow } from "../show/ShowContext.js";
import { Button } from "../ui/Button.js";
import { momentText } from "../ui/format.js";
import { words } from "../words/words.js";

export function BanRow({ ban: { uid, at } }: { readonly ban: Ban }) {
  const { show } = useLiveShow();
  const action = useAction();
  // From the profile, because a banned person may have no participant document.
  const name = useNameOf(uid);
  return (
    <PersonRow
      uid={uid}
      name={name}
      detail={<time class="row-moment muted small">{momentText(at.toMillis())}</time>}
      action={action}
    >
      <Button
        isSmall
        isBusy={action.isPending}
        label={words.audience.unbanPerson(name)}
        onClick={() => {
          action.run(() => show.moderation.unban(uid));
        }}
      >
        {words.audience.unban}
      </Button>
    </PersonRow>
  );
}
