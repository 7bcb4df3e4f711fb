import { asAmbientError, type AmbientError } from "@ambient/client";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";

export interface Action {
  readonly isPending: boolean;
  readonly error: AmbientError | undefined;
  /** Runs one action at a time: a second click during the first does nothing. */
  readonly run: (work: () => Promise<unknown>) => void;
  readonly dismiss: () => void;
}

/** An action that takes a while and may be refused. */
export function useAction(): Action {
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<AmbientError>();
  const isRunning = useRef(false);
  const isMounted = useRef(true);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);
  const run = useCallback((work: () => Promise<unknown>) => {
    if (isRunning.current) return;
    isRunning.current = true;
    setPending(true);
    setError(undefined);
    const finish = (failure?: AmbientError) => {
      isRunning.current = false;
      if (!isMounted.current) return;
      setPending(false);
      setError(failure);
    };
    work().then(
      () => {
        finish();
      },
      (thrown: unknown) => {
        finish(asAmbientError(thrown));
      },
    );
  }, []);
  const dismiss = useCallback(() => {
    setError(undefined);
  }, []);
  return { isPending, error, run, dismiss };
}
