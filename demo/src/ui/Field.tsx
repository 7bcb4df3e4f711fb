import { useId } from "preact/hooks";

export function TextField({
  label,
  value,
  onInput,
  longest,
  hint,
  error,
  isLong = false,
  isRequired = false,
  isLabelHidden = false,
  placeholder,
}: {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly longest: number;
  readonly hint?: string;
  /** The error message for the value. */
  readonly error?: string | undefined;
  readonly isLong?: boolean;
  readonly isRequired?: boolean;
  readonly isLabelHidden?: boolean;
  readonly placeholder?: string;
}) {
  const id = useId();
  const describedBy = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`];
  const shared = {
    id,
    "class": "input",
    value,
    "maxLength": longest,
    "required": isRequired,
    "autocomplete": "off",
    "dir": "auto" as const,
    placeholder,
    "aria-invalid": error !== undefined,
    "aria-describedby": describedBy.filter(Boolean).join(" ") || undefined,
  };
  return (
    <div class="field">
      <label for={id} class={isLabelHidden ? "visually-hidden" : undefined}>
        {label}
      </label>
      {isLong ? (
        <textarea
          {...shared}
          rows={3}
          onInput={(event) => {
            onInput(event.currentTarget.value);
          }}
        />
      ) : (
        <input
          {...shared}
          type="text"
          onInput={(event) => {
            onInput(event.currentTarget.value);
          }}
        />
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} class="muted small">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} class="field-error small">
          {error}
        </p>
      )}
    </div>
  );
}

export function Switch({
  label,
  isOn,
  onChange,
}: {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  return (
    <button
      type="button"
      role="switch"
      class="switch"
      aria-checked={isOn}
      onClick={() => {
        onChange(!isOn);
      }}
    >
      <span>{label}</span>
      <span class="switch-track" aria-hidden="true" />
    </button>
  );
}

export function Choice<Value extends string | number>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly onChange: (value: Value) => void;
}) {
  const id = useId();
  return (
    <div class="field field-inline">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="input select"
        value={value}
        onChange={(event) => {
          const chosen = options[event.currentTarget.selectedIndex];
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  );
}
