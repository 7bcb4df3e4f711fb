import { asAmbientError, type AmbientError } from "@ambient/client/core";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useOptionalAmbient } from "./context.js";

/**
 * An action that takes a while and may be refused.
 *
 * @example
 * ```ts
 * const line = ({ isPending, error }: Action) =>
 *   isPending ? "One moment" : error ? messageFor(error.reason) : "";
 * ```
 */
export interface Action {
  readonly isPending: boolean;
  readonly error: AmbientError | undefined;
  /** Runs one action at a time: a second click during the first does nothing. */
  readonly run: (work: () => Promise<unknown>) => void;
  /** Runs the refused action again; undefined if none was refused. */
  readonly retry: (() => void) | undefined;
  /** Forgets the error. */
  readonly dismiss: () => void;
}

interface Refused {
  readonly error: AmbientError;
  readonly work: () => Promise<unknown>;
}

/**
 * Runs what a person asks for, and keeps whether it is pending and why it was refused. An error after the view has closed
 * goes to the client's `onError`.
 *
 * @example
 * ```ts
 * const { isPending, error, run } = useAction();
 * const raiseHand = () => run(() => show.stage.ask());
 * ```
 */
export function useAction(): Action {
  const [isPending, setPending] = useState(false);
  const [refused, setRefused] = useState<Refused>();
  const ambient = useOptionalAmbient();
  const isRunning = useRef(false);
  const isMounted = useRef(true);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);
  const run = useCallback(
    (work: () => Promise<unknown>) => {
      if (isRunning.current) return;
      isRunning.current = true;
      setPending(true);
      setRefused(undefined);
      const finish = (failure?: Refused) => {
        isRunning.current = false;
        if (!isMounted.current) {
          if (failure) ambient?.reportError(failure.error);
          return;
        }
        setPending(false);
        setRefused(failure);
      };
      // This also catches an error that `work` throws synchronously.
      new Promise((resolve) => {
        resolve(work());
      }).then(
        () => {
          finish();
        },
        (thrown: unknown) => {
          finish({ error: asAmbientError(thrown), work });
        },
      );
    },
    [ambient],
  );
  const dismiss = useCallback(() => {
    setRefused(undefined);
  }, []);
  return useMemo(() => {
    const retry =
      refused &&
      (() => {
        run(refused.work);
      });
    return { isPending, error: refused?.error, run, retry, dismiss };
  }, [isPending, refused, run, dismiss]);
}
