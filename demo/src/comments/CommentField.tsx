import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Avatar } from "../ui/Avatar.js";
import { words } from "../words/words.js";
import { matching, mentionQuery, type Person } from "./mentionQuery.js";

/** Where links that skip to the comment field lead. */
export const COMMENT_FIELD = "comment-field";

/** The field for a comment. After an “@” it suggests people, as a combobox with a list. */
export function CommentField({
  value,
  placeholder,
  people,
  onInput,
  onMention,
  onEscape,
}: {
  readonly value: string;
  readonly placeholder: string;
  readonly people: readonly Person[];
  readonly onInput: (value: string) => void;
  readonly onMention: (person: Person) => void;
  readonly onEscape: () => void;
}) {
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState<number>();
  const [active, setActive] = useState(0);
  const nextCaret = useRef<number>(undefined);
  const query = caret === undefined ? undefined : mentionQuery(value, caret);
  const found = query ? matching(people, query) : [];
  const isOpen = found.length > 0;
  const chosen = found[Math.min(active, found.length - 1)];
  const optionId = (person: Person) => `${listId}-${person.uid}`;
  useLayoutEffect(() => {
    const at = nextCaret.current;
    nextCaret.current = undefined;
    if (at !== undefined) field.current?.setSelectionRange(at, at);
  }, [value]);
  const close = () => {
    setCaret(undefined);
  };
  const choose = (person: Person) => {
    if (!query || caret === undefined) return;
    const before = `${value.slice(0, query.start)}@${person.name} `;
    nextCaret.current = before.length;
    onMention(person);
    onInput(before + value.slice(caret).trimStart());
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !isOpen) onEscape();
    if (event.isComposing || !isOpen || !chosen) return;
    switch (event.key) {
      case "ArrowDown":
        setActive((active + 1) % found.length);
        break;
      case "ArrowUp":
        setActive((active + found.length - 1) % found.length);
        break;
      case "Enter":
      case "Tab":
        choose(chosen);
        break;
      case "Escape":
        close();
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  return (
    <div class="field comment-field">
      <label for={COMMENT_FIELD} class="visually-hidden">
        {words.comments.field}
      </label>
      <input
        ref={field}
        id={COMMENT_FIELD}
        class="input"
        type="text"
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && chosen ? optionId(chosen) : undefined}
        autocomplete="off"
        enterkeyhint="send"
        dir="auto"
        maxLength={500}
        value={value}
        placeholder={placeholder}
        onInput={({ currentTarget }) => {
          setActive(0);
          setCaret(currentTarget.selectionStart ?? undefined);
          onInput(currentTarget.value);
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      {isOpen && (
        <ul id={listId} class="suggestions" role="listbox" aria-label={words.comments.suggestions}>
          {found.map((person) => (
            <li
              key={person.uid}
              id={optionId(person)}
              role="option"
              aria-selected={person === chosen}
              // Before the field loses the focus, which would close the list.
              onMouseDown={(event) => {
                event.preventDefault();
                choose(person);
              }}
            >
              <Avatar uid={person.uid} name={person.name} size={28} />
              <span dir="auto">{person.name}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
