import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { TextField } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

export function ProfileForm({
  bio: saved,
  supportLink: savedLink,
}: {
  readonly bio: string;
  readonly supportLink: string;
}) {
  const { ambient } = useSession();
  const [bio, setBio] = useState(saved);
  const [link, setLink] = useState(savedLink);
  const isUnchanged = bio.trim() === saved && link.trim() === savedLink;
  const { isPending, error, run } = useAction();
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        run(() => ambient.account.editProfile({ bio: bio.trim(), supportLink: link.trim() }));
      }}
    >
      <TextField
        label={words.account.bio}
        value={bio}
        onInput={setBio}
        longest={500}
        isLong
        hint={words.account.bioHint}
      />
      <TextField
        label={words.account.supportLink}
        value={link}
        onInput={setLink}
        longest={200}
        hint={words.account.supportLinkHint}
      />
      <div class="actions">
        <Button type="submit" kind="primary" isBusy={isPending} isDisabled={isUnchanged}>
          {words.common.save}
        </Button>
      </div>
      <Refused error={error} />
    </form>
  );
}
