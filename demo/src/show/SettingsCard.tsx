import type { ShowSettings } from "@ambient/client";
import { useRef } from "preact/hooks";
import { useChoice } from "../ambient/useChoice.js";
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
  const last = useRef<Promise<unknown>>(Promise.resolve());
  if (!settings) return null;
  /** One after the other, so that the last choice wins. */
  const save = (changes: Partial<ShowSettings>): Promise<void> => {
    const saving = last.current.then(() => show.configure(changes));
    last.current = saving.catch(() => undefined);
    run(() => saving);
    return saving;
  };
  return (
    <section class="card" aria-labelledby="settings">
      <h2 id="settings">{words.show.settings.title}</h2>
      <div class="settings">
        <SettingSwitch
          label={words.show.settings.comments}
          isOn={settings.commentsEnabled}
          save={(commentsEnabled) => save({ commentsEnabled })}
        />
        <SettingSwitch
          label={words.show.settings.requests}
          isOn={settings.speakRequestsOpen}
          save={(speakRequestsOpen) => save({ speakRequestsOpen })}
        />
        <SettingSwitch
          label={words.show.settings.songs}
          isOn={settings.songRequestsOpen ?? true}
          save={(songRequestsOpen) => save({ songRequestsOpen })}
        />
        <SettingChoice
          label={words.show.settings.slowMode}
          value={settings.slowModeSeconds}
          options={optionsWith(slowModes, settings.slowModeSeconds, (seconds) =>
            seconds === 0 ? words.show.settings.off : durationText(seconds),
          )}
          save={(slowModeSeconds) => save({ slowModeSeconds })}
        />
        <SettingSwitch
          label={words.show.settings.adaptive}
          isOn={settings.adaptiveSlowMode ?? false}
          save={(adaptiveSlowMode) => save({ adaptiveSlowMode })}
        />
        <SettingChoice
          label={words.show.settings.seats}
          value={settings.maxSpeakers}
          options={optionsWith(seats, settings.maxSpeakers, String)}
          save={(maxSpeakers) => save({ maxSpeakers })}
        />
      </div>
      <Refused error={error} />
    </section>
  );
}

function SettingSwitch({
  label,
  isOn,
  save,
}: {
  readonly label: string;
  readonly isOn: boolean;
  readonly save: (isOn: boolean) => Promise<unknown>;
}) {
  const [shown = isOn, change] = useSavedChoice(isOn, save);
  return <Switch label={label} isOn={shown} onChange={change} />;
}

function SettingChoice({
  label,
  value,
  options,
  save,
}: {
  readonly label: string;
  readonly value: number;
  readonly options: readonly { readonly value: number; readonly text: string }[];
  readonly save: (value: number) => Promise<unknown>;
}) {
  const [shown = value, change] = useSavedChoice(value, save);
  return <Choice label={label} value={shown} options={options} onChange={change} />;
}

/** Shows a choice before the server has it, and takes it back if the server refuses it. */
function useSavedChoice<Value>(
  known: Value,
  save: (value: Value) => Promise<unknown>,
): [value: Value | undefined, change: (value: Value) => void] {
  const [value, choose] = useChoice(known);
  return [
    value,
    (chosen) => {
      choose(chosen);
      save(chosen).catch(() => {
        choose(undefined);
      });
    },
  ];
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
