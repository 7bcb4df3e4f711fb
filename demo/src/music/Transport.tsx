import { useSteps } from "../ambient/useSteps.js";
import { useLiveShow } from "../show/ShowContext.js";
import { IconButton } from "../ui/Button.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

export function Transport({ isPaused }: { readonly isPaused: boolean }) {
  const { show } = useLiveShow();
  const { error, run, dismiss } = useSteps();
  const { music } = show;
  return (
    <div class="transport">
      <div class="transport-buttons">
        <IconButton
          icon="previous"
          label={words.music.previous}
          onClick={() => {
            run(() => music.previous());
          }}
        />
        <IconButton
          icon={isPaused ? "play" : "pause"}
          label={isPaused ? words.music.resume : words.music.pause}
          kind="primary"
          isLarge
          onClick={() => {
            run(() => (isPaused ? music.play() : music.pause()));
          }}
        />
        <IconButton
          icon="next"
          label={words.music.next}
          onClick={() => {
            run(() => music.next());
          }}
        />
      </div>
      <Refused error={error} onDismiss={dismiss} />
    </div>
  );
}
