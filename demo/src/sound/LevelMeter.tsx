import { useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { words } from "../words/words.js";

/** Speech is quiet on a linear scale: its square root moves the meter visibly. */
const shownLevel = (level: number) => Math.round(Math.sqrt(level) * 100);

/** How loud the person's own microphone is. */
export function LevelMeter() {
  const { audio } = useLiveShow();
  const percent = shownLevel(useObservable(audio.level).value ?? 0);
  return (
    <div class="field">
      <p class="small muted">{words.sound.level}</p>
      <div
        class="progress-bar level-meter"
        role="meter"
        aria-label={words.sound.level}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        style={{ "--progress": `${percent}%` }}
      />
    </div>
  );
}
