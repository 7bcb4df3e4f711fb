import { useId, useState } from "preact/hooks";
import { percentText } from "../ui/format.js";
import { useLiveShow } from "../show/ShowContext.js";
import { words } from "../words/words.js";
import { preferVolume, soundPreferences, type Source } from "./preferences.js";

/** The volume of what people say or of the music, in steps of 5 %. */
export function VolumeField({ source }: { readonly source: Source }) {
  const live = useLiveShow();
  const [volume, setVolume] = useState(() => soundPreferences()[source]);
  const percent = Math.round(volume * 100);
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{words.sound.volume[source]}</label>
      <input
        id={id}
        class="progress-range volume-range"
        type="range"
        min={0}
        max={100}
        step={5}
        value={percent}
        aria-valuetext={percentText(volume)}
        style={{ "--progress": `${percent}%` }}
        onInput={(event) => {
          const chosen = Number(event.currentTarget.value) / 100;
          setVolume(chosen);
          preferVolume(live, source, chosen);
        }}
      />
    </div>
  );
}
