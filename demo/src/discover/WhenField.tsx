import { useId } from "preact/hooks";

/** A field for a time in the future. */
export function WhenField({
  label,
  hint,
  onChange,
}: {
  readonly label: string;
  readonly hint: string | undefined;
  readonly onChange: (when: Date | undefined) => void;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        type="datetime-local"
        min={localMinute(Date.now() + 60_000)}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onInput={(event) => {
          const { value } = event.currentTarget;
          onChange(value === "" ? undefined : new Date(value));
        }}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} class="muted small">
          {hint}
        </p>
      )}
    </div>
  );
}

/** The input's format: the device's local time, without a zone. */
function localMinute(ms: number): string {
  const shifted = ms - new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(shifted).toISOString().slice(0, 16);
}
