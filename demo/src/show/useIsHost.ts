import type { Show } from "@ambient/client";
import { useObservable } from "@ambient/react";

export function useIsHost(show: Show): boolean {
  const { role } = useObservable(show.me).value;
  return role === "creator" || role === "cohost";
}
