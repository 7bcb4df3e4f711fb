import { useEffect, useState } from "preact/hooks";

/**
 * What the person has just chosen, until the known value agrees with it: the server's view of a change arrives later
 * than the answer to it.
 */
export function useChoice<Value>(
  known: Value | undefined,
  isSame: (value: Value, other: Value) => boolean = Object.is,
): [value: Value | undefined, choose: (value: Value | undefined) => void] {
  const [choice, choose] = useState<Value>();
  const agrees = known !== undefined && choice !== undefined && isSame(known, choice);
  useEffect(() => {
    if (agrees) choose(undefined);
  }, [agrees]);
  return [choice ?? known, choose];
}
