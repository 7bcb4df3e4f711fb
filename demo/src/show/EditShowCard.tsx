import type { ShowDetails } from "@ambient/client";
import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { TextField } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

/** For the creator: the show's title and description. While it is live, everyone sees a change at once. */
export function EditShowCard({ show }: { readonly show: ShowDetails }) {
  const { ambient } = useSession();
  const [edited, setEdited] = useState<{ title?: string; description?: string }>();
  const { isPending, error, run } = useAction();
  const { title, description } = { ...show, ...edited };
  return (
    <form
      class="card form"
      aria-labelledby="edit-show"
      onSubmit={(event) => {
        event.preventDefault();
        run(async () => {
          const changes = { title: title.trim(), description: description.trim() };
          await ambient.shows.edit(show.id, changes);
          // What they typed during the save is still unsaved.
          setEdited((now) => (now === edited ? undefined : now));
        });
      }}
    >
      <h2 id="edit-show">{words.show.edit.title}</h2>
      <TextField
        label={words.discover.create.title}
        value={title}
        onInput={(value) => {
          setEdited({ ...edited, title: value });
        }}
        longest={100}
        isRequired
      />
      <TextField
        label={words.discover.create.about}
        value={description}
        onInput={(value) => {
          setEdited({ ...edited, description: value });
        }}
        longest={1000}
        isLong
      />
      <div class="actions">
        <Button type="submit" isBusy={isPending} isDisabled={!edited || title.trim() === ""}>
          {words.common.save}
        </Button>
      </div>
      <Refused error={error} />
    </form>
  );
}
