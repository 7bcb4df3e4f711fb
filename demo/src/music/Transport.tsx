import { useSteps } from "../ambient/useSteps.js";
import { useLiveShow } from "../show/ShowContext.js";
import { IconButton } from "../ui/Button.js";
import { Refused } from "../ui/Notice.js";

export function Transport({ isPaused }: { readonly isPaused: boolean }) {
  const { show } = useLiveShow();
  const { error, run, dismiss } = useSteps();
  const { music } = show;
  return (
    <div class="transport">
      <div class="transport-buttons">
        <IconButton
          icon="previous"
          label="Previous track"
          onClick={() => {
            run(() => music.previous());
          }}
        />
        <IconButton
          icon={isPaused ? "play" : "pause"}
          label={isPaused ? "Resume" : "Pause"}
          kind="primary"
          isLarge
          onClick={() => {
            run(() => (isPaused ? music.play() : music.pause()));
          }}
        />
        <IconButton
          icon="next"
          label="Next track"
          onClick={() => {
            run(() => music.next());
          }}
        />
      </div>
      <Refused error={error} onDismiss={dismiss} />
    </div>
  );
}
