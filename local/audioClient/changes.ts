/** Lets callers wait for a state, which they check again after every change. */
export interface Changes {
  happened(): void;
  /**
   * Resolves with what `look` finds, as soon as it finds something.
   * @param missing the error message after the timeout.
   */
  until<Found>(
    look: () => Found | undefined,
    patienceMs: number,
    missing: () => string,
  ): Promise<Found>;
}

export function changes(): Changes {
  let next = Promise.withResolvers<undefined>();
  const happened = () => {
    next.resolve(undefined);
    next = Promise.withResolvers();
  };
  return {
    happened,
    async until(look, patienceMs, missing) {
      const end = performance.now() + patienceMs;
      const timer = setTimeout(happened, patienceMs + 1);
      try {
        for (;;) {
          const found = look();
          if (found !== undefined) return found;
          if (performance.now() >= end) throw new Error(missing());
          await next.promise;
        }
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
