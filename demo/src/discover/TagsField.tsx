import { useSession } from "../ambient/context.js";
import { useSubscribable, valueOf } from "../ambient/useSubscribable.js";

const MOST = 3;

/** Up to three of the service's tags. */
export function TagsField({
  value,
  onChange,
}: {
  readonly value: readonly string[];
  readonly onChange: (tags: readonly string[]) => void;
}) {
  const { ambient } = useSession();
  const config = valueOf(
    useSubscribable(() => ambient.config, [ambient]),
    undefined,
  );
  const offered = config?.tags ?? [];
  if (offered.length === 0) return null;
  return (
    <fieldset class="field chips-field">
      <legend>Tags, up to {MOST}</legend>
      <div class="chips">
        {offered.map((tag) => {
          const isChosen = value.includes(tag);
          return (
            <label key={tag} class="chip">
              <input
                type="checkbox"
                checked={isChosen}
                disabled={!isChosen && value.length >= MOST}
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
