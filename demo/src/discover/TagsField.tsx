import { MAX_TAGS } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useObservable } from "@ambient/react";
import { words } from "../words/words.js";

/** The tags that the service offers. */
export function useOfferedTags(): readonly string[] {
  const { ambient } = useSession();
  const config = useObservable(ambient.config);
  return config.value?.tags ?? [];
}

/** A choice among the offered tags. */
export function TagsField({
  offered,
  value,
  onChange,
}: {
  readonly offered: readonly string[];
  readonly value: readonly string[];
  readonly onChange: (tags: readonly string[]) => void;
}) {
  if (offered.length === 0) return null;
  return (
    <fieldset class="field chips-field">
      <legend>{words.discover.tagsUpTo(MAX_TAGS)}</legend>
      <div class="chips">
        {offered.map((tag) => {
          const isChosen = value.includes(tag);
          return (
            <label key={tag} class="chip">
              <input
                type="checkbox"
                checked={isChosen}
                disabled={!isChosen && value.length >= MAX_TAGS}
                onChange={() => {
                  onChange(isChosen ? value.filter((other) => other !== tag) : [...value, tag]);
                }}
              />
              <span>{tag}</span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
