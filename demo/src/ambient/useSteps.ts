import { asAmbientError, type AmbientError } from "@ambient/client";
import { useState } from "preact/hooks";

/** Actions that may follow each other before the first is done: pressing next and then pause means both. */
export function useSteps() {
  const [error, setError] = useState<AmbientError>();
  return {
    /** The error of the last refused action. */
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
