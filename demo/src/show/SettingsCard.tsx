import type { ShowSettings } from "@ambient/client";
import { useSteps } from "../ambient/useSteps.js";
import { useObservable } from "@ambient/react";
import { Choice, Switch } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";
import { useLiveShow } from "./ShowContext.js";

const slowModes = [
  { value: 0, text: "Off" },
  { value: 5, text: "5 seconds" },
  { value: 10, text: "10 seconds" },
  { value: 30, text: "30 seconds" },
  { value: 60, text: "1 minute" },
  { value: 300, text: "5 minutes" },
];
const seats = [1, 2, 3, 5, 8, 12, 20].map((value) => ({ value, text: `${value}` }));

export function SettingsCard() {
  const { show } = useLiveShow();
  const { settings } = useObservable(show.details).value;
  const { error, run } = useSteps();
  if (!settings) return null;
  const change = (changes: Partial<ShowSettings>) => {
    run(() => show.configure(changes));
  };
  return (
    <section class="card" aria-labelledby="settings">
      <h2 id="settings">Settings</h2>
      <div class="settings">
        <Switch
          label="Comments"
          isOn={settings.commentsEnabled}
          onChange={(commentsEnabled) => {
            change({ commentsEnabled });
          }}
        />
        <Switch
          label="Requests to speak"
          isOn={settings.speakRequestsOpen}
          onChange={(speakRequestsOpen) => {
            change({ speakRequestsOpen });
          }}
        />
        <Choice
          label="Slow mode"
          value={settings.slowModeSeconds}
          options={withValue(slowModes, settings.slowModeSeconds, "seconds")}
          onChange={(slowModeSeconds) => {
            change({ slowModeSeconds });
          }}
        />
        <Switch
          label="Longer slow mode when it is busy"
          isOn={settings.adaptiveSlowMode ?? false}
          onChange={(adaptiveSlowMode) => {
            change({ adaptiveSlowMode });
          }}
        />
        <Choice
          label="Seats for speakers"
          value={settings.maxSpeakers}
          options={withValue(seats, settings.maxSpeakers, "")}
          onChange={(maxSpeakers) => {
            change({ maxSpeakers });
          }}
        />
      </div>
      <Refused error={error} />
    </section>
  );
}

/** Another app may have set a value that is not among the options. */
function withValue(
  options: readonly { readonly value: number; readonly text: string }[],
  value: number,
  unit: string,
) {
  return options.some((option) => option.value === value)
    ? options
    : [...options, { value, text: `${value} ${unit}`.trim() }].sort((a, b) => a.value - b.value);
}
