import { isStaying } from "@ambient/client";
import type { ComponentChildren } from "preact";
import { useSession } from "../ambient/context.js";
import { useObservable } from "../ambient/useSubscribable.js";
import { ShowContext } from "./ShowContext.js";
import { useOpenSound } from "./useOpenSound.js";

/** Provides the current show to all views, so that its audio goes on in each of them. */
export function ShowAround({ children }: { readonly children: ComponentChildren }) {
  const { stay } = useSession();
  const place = useObservable(stay.place);
  const isPresent = isStaying(place);
  const live = useOpenSound(isPresent ? place.show : undefined);
  return <ShowContext.Provider value={live}>{children}</ShowContext.Provider>;
}
