import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction, useObservable } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { TextField } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";

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
      <h2 id="word-filter">Filtered words</h2>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          const words = text.split(",").flatMap((word) => word.trim() || []);
          run(async () => {
            await ambient.shows.setWordFilter(showId, words);
            setEdited(undefined);
          });
        }}
      >
        <TextField
          label="Words, separated by commas"
          value={text}
          onInput={setEdited}
          longest={4_000}
          isLong
          hint="Comments that contain one of these words are refused. Some spellings will get through; report those."
        />
        <div class="actions">
          <Button type="submit" isBusy={isPending} isDisabled={edited === undefined}>
            Save the words
          </Button>
        </div>
        <Refused error={error} />
      </form>
    </section>
  );
}
