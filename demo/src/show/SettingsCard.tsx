import type { ShowSettings } from "@ambient/client";
import { useSteps } from "../ambient/useSteps.js";
import { useObservable } from "@ambient/react";
import { Choice, Switch } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";
import { useLiveShow } from "./ShowContext.js";
import { durationText } from "../ui/format.js";
import { words } from "../words/words.js";

const slowModes = [0, 5, 10, 30, 60, 300];
const seats = [1, 2, 3, 5, 8, 12, 20];

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
      <h2 id="settings">{words.show.settings.title}</h2>
      <div class="settings">
        <Switch
          label={words.show.settings.comments}
          isOn={settings.commentsEnabled}
          onChange={(commentsEnabled) => {
            change({ commentsEnabled });
          }}
        />
        <Switch
          label={words.show.settings.requests}
          isOn={settings.speakRequestsOpen}
          onChange={(speakRequestsOpen) => {
            change({ speakRequestsOpen });
          }}
        />
        <Switch
          label={words.show.settings.songs}
          isOn={settings.songRequestsOpen ?? true}
          onChange={(songRequestsOpen) => {
            change({ songRequestsOpen });
          }}
        />
        <Choice
          label={words.show.settings.slowMode}
          value={settings.slowModeSeconds}
          options={optionsWith(slowModes, settings.slowModeSeconds, (seconds) =>
            seconds === 0 ? words.show.settings.off : durationText(seconds),
          )}
          onChange={(slowModeSeconds) => {
            change({ slowModeSeconds });
          }}
        />
        <Switch
          label={words.show.settings.adaptive}
          isOn={settings.adaptiveSlowMode ?? false}
          onChange={(adaptiveSlowMode) => {
            change({ adaptiveSlowMode });
          }}
        />
        <Choice
          label={words.show.settings.seats}
          value={settings.maxSpeakers}
          options={optionsWith(seats, settings.maxSpeakers, String)}
          onChange={(maxSpeakers) => {
            change({ maxSpeakers });
          }}
        />
      </div>
      <Refused error={error} />
    </section>
  );
}

/** Another app may have set a value that is not among the offered ones. */
function optionsWith(
  offered: readonly number[],
  current: number,
  textOf: (value: number) => string,
) {
  return [...new Set([...offered, current])]
    .sort((one, other) => one - other)
    .map((value) => ({ value, text: textOf(value) }));
}
