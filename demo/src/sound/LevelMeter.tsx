import { words } from "../words/words.js";

/** Speech is quiet on a linear scale: its square root moves the meter visibly. */
const shownLevel = (level: number) => Math.round(Math.sqrt(level) * 100);

/** How loud the person's own microphone is, from 0 to 1. */
export function LevelMeter({ level }: { readonly level: number }) {
  const percent = shownLevel(level);
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
