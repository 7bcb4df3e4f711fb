import { asAmbientError, type AmbientError } from "@ambient/client";
import { useState } from "preact/hooks";
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
          label={isPaused ? "Play on" : "Pause"}
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

/** Who presses next and then pause means both: the package takes one step after the other. */
function useSteps() {
  const [error, setError] = useState<AmbientError>();
  return {
    error,
    run: (step: () => Promise<void>) => {
      setError(undefined);
      step().catch((thrown: unknown) => {
        setError(asAmbientError(thrown));
      });
    },
    dismiss: () => {
      setError(undefined);
    },
  };
}
