import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction, useObservable } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { TextField } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

/** For the creator: the words that comments and messages may not contain. */
export function WordFilterCard({ showId }: { readonly showId: string }) {
  const { ambient } = useSession();
  const saved = useObservable(ambient.shows.wordFilter(showId)).value;
  const [edited, setEdited] = useState<string>();
  const { isPending, error, run } = useAction();
  if (!saved) return null;
  const text = edited ?? saved.join(", ");
  return (
    <section class="card" aria-labelledby="word-filter">
      <h2 id="word-filter">{words.show.settings.filter}</h2>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          const filtered = text.split(",").flatMap((word) => word.trim() || []);
          run(async () => {
            await ambient.shows.setWordFilter(showId, filtered);
            // What they typed during the save is still unsaved.
            setEdited((now) => (now === edited ? undefined : now));
          });
        }}
      >
        <TextField
          label={words.show.settings.filterWords}
          value={text}
          onInput={setEdited}
          longest={4_000}
          isLong
          hint={words.show.settings.filterHint}
        />
        <div class="actions">
          <Button type="submit" isBusy={isPending} isDisabled={edited === undefined}>
            {words.show.settings.filterSave}
          </Button>
        </div>
        <Refused error={error} />
      </form>
    </section>
  );
}
