import { useObservable } from "@ambient/react";
import { useId } from "preact/hooks";
import { useLiveShow } from "../show/ShowContext.js";
import { preferVolume } from "./preferences.js";
import { words } from "../words/words.js";

/** The volume of voices and music, in steps of 5 %. */
export function VolumeField() {
  const live = useLiveShow();
  const percent = Math.round(useObservable(live.audio.volume).value * 100);
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{words.sound.volume}</label>
      <input
        id={id}
        class="progress-range volume-range"
        type="range"
        min={0}
        max={100}
        step={5}
        value={percent}
        aria-valuetext={`${percent} %`}
        style={{ "--progress": `${percent}%` }}
        onInput={(event) => {
          preferVolume(live, Number(event.currentTarget.value) / 100);
        }}
      />
    </div>
  );
}
