import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { TextField } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";

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
        label="A few words"
        value={bio}
        onInput={setBio}
        longest={500}
        isLong
        hint="People see this next to your shows."
      />
      <TextField
        label="Your own support page"
        value={link}
        onInput={setLink}
        longest={200}
        hint="An https address, or empty. Listeners find it behind “Support”."
      />
      <div class="actions">
        <Button type="submit" kind="primary" isBusy={isPending} isDisabled={isUnchanged}>
          Save
        </Button>
      </div>
      <Refused error={error} />
    </form>
  );
}
