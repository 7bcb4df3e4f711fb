import { isHost, type Show } from "@ambient/client";
import { useObservable } from "@ambient/react";

export function useIsHost(show: Show): boolean {
  return isHost(useObservable(show.me).value.role);
}
