import { asAmbientError, type AmbientError } from "@ambient/client";
import { useState } from "preact/hooks";

/** What a person may ask for again before it is done: who presses next and then pause means both. */
export function useSteps() {
  const [error, setError] = useState<AmbientError>();
  return {
    /** Why the last one that was refused was. */
    error,
    run: (step: () => Promise<unknown>) => {
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
