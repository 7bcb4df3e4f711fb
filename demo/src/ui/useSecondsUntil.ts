import { useEffect, useState } from "preact/hooks";

/** Whole seconds until a moment of the device's clock; 0 if it has passed or there is none. */
export function useSecondsUntil(moment: number | undefined): number {
  const secondsLeft = () =>
    moment === undefined ? 0 : Math.max(0, Math.ceil((moment - Date.now()) / 1_000));
  const [seconds, setSeconds] = useState(secondsLeft);
  useEffect(() => {
    setSeconds(secondsLeft());
    if (secondsLeft() === 0) return;
    const timer = setInterval(() => {
      const left = secondsLeft();
      setSeconds(left);
      if (left === 0) clearInterval(timer);
    }, 250);
    return () => {
      clearInterval(timer);
    };
  }, [moment]);
  return seconds;
}
