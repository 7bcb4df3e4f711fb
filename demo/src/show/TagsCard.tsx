import type { ShowDetails } from "@ambient/client";
import { useRef } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction } from "@ambient/react";
import { useChoice } from "../ambient/useChoice.js";
import { TagsField, useOfferedTags } from "../discover/TagsField.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

/** The tags of a show that is not live yet. Each click is saved. */
export function TagsCard({ show: { id, tags = [] } }: { readonly show: ShowDetails }) {
  const { ambient } = useSession();
  const offered = useOfferedTags();
  const [value = [], choose] = useChoice<readonly string[]>(tags, isSameList);
  const { error, run } = useAction();
  const unsaved = useRef<readonly string[] | undefined>(undefined);
  if (offered.length === 0) return null;
  /** Saves one choice after the other. Choices made in the meantime are saved as one. */
  const save = async () => {
    try {
      for (let chosen = unsaved.current; chosen; chosen = unsaved.current) {
        unsaved.current = undefined;
        await ambient.shows.edit(id, { tags: chosen });
      }
    } catch (thrown) {
      unsaved.current = undefined;
      choose(undefined);
      throw thrown;
    }
  };
  return (
    <section class="card form" aria-label={words.discover.tags}>
      <TagsField
        offered={offered}
        value={value}
        onChange={(chosen) => {
          choose(chosen);
          unsaved.current = chosen;
          run(save);
        }}
      />
      <Refused error={error} />
    </section>
  );
}

function isSameList(list: readonly string[], other: readonly string[]): boolean {
  return list.length === other.length && list.every((tag, index) => tag === other[index]);
}
