import type { NotificationSettings } from "@ambient/client";
import { useId, useRef, useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useSteps } from "../ambient/useSteps.js";
import { useObservable } from "@ambient/react";
import { Switch } from "../ui/Field.js";
import { Refused, Skeleton } from "../ui/Notice.js";
import { words } from "../words/words.js";

/** 22:00 until 7:00. */
const NIGHT = { from: 22 * 60, until: 7 * 60 };

/** Whether and when this person's devices show notifications. The inbox has them all. */
export function SettingsForm() {
  const { ambient } = useSession();
  const settings = useObservable(ambient.notifications.settings);
  /** What was chosen here and is being saved. */
  const [chosen, setChosen] = useState<Partial<NotificationSettings>>({});
  const saving = useRef(Promise.resolve());
  const { error, run } = useSteps();
  const change = (changes: Partial<NotificationSettings>) => {
    setChosen((before) => ({ ...before, ...changes }));
    // One after the other, so that the last choice is the one that stays.
    const save = () => ambient.notifications.editSettings(changes);
    run(async () => {
      const saved = saving.current.catch(() => undefined).then(save);
      saving.current = saved;
      await saved.finally(() => {
        // After the last save, the server's values count: also those of another device, or after a refusal.
        if (saving.current === saved) setChosen({});
      });
    });
  };
  if (settings.kind === "loading") return <Skeleton rows={2} />;
  if (settings.kind === "failed") return <Refused error={settings.error} />;
  const { push, quietHours } = { ...settings.value, ...chosen };
  return (
    <section class="card form" aria-labelledby="notification-settings">
      <h2 id="notification-settings">{words.notifications.settings}</h2>
      <Switch
        label={words.notifications.show}
        isOn={push}
        onChange={(isOn) => {
          change({ push: isOn });
        }}
      />
      {push && (
        <Switch
          label={words.notifications.quietHours}
          isOn={quietHours !== null}
          onChange={(isOn) => {
            change({ quietHours: isOn ? NIGHT : null });
          }}
        />
      )}
      {push && quietHours && (
        <div class="quiet-hours">
          <TimeField
            label={words.notifications.from}
            minutes={quietHours.from}
            onChange={(from) => {
              change({ quietHours: { ...quietHours, from } });
            }}
          />
          <TimeField
            label={words.notifications.until}
            minutes={quietHours.until}
            onChange={(until) => {
              change({ quietHours: { ...quietHours, until } });
            }}
          />
        </div>
      )}
      <p class="muted small">{words.notifications.heldBack}</p>
      <Refused error={error} />
    </section>
  );
}

function TimeField({
  label,
  minutes,
  onChange,
}: {
  readonly label: string;
  readonly minutes: number;
  readonly onChange: (minutes: number) => void;
}) {
  const id = useId();
  const twoDigits = (value: number) => String(value).padStart(2, "0");
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        type="time"
        value={`${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`}
        onChange={({ currentTarget }) => {
          const [hour, minute] = currentTarget.value.split(":").map(Number);
          if (hour !== undefined && minute !== undefined) onChange(hour * 60 + minute);
        }}
      />
    </div>
  );
}
