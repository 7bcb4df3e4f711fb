import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction } from "../ambient/useAction.js";
import { Button } from "../ui/Button.js";
import { TextField } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";

export function ProfileForm({ bio: saved }: { readonly bio: string }) {
  const { ambient } = useSession();
  const [bio, setBio] = useState(saved);
  const { isPending, error, run } = useAction();
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        run(() => ambient.account.editProfile({ bio: bio.trim() }));
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
      <div class="actions">
        <Button type="submit" kind="primary" isBusy={isPending} isDisabled={bio.trim() === saved}>
          Save
        </Button>
      </div>
      <Refused error={error} />
    </form>
  );
}
