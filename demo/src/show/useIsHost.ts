import type { Show } from "@ambient/client";
import { useObservable } from "../ambient/useSubscribable.js";

export function useIsHost(show: Show): boolean {
  const { role } = useObservable(show.me);
  return role === "creator" || role === "cohost";
}
