import { Stay, type Ambient } from "@ambient/client/core";
import {
  createContext,
  createElement,
  useContext,
  useEffect,
  useMemo,
  type ReactNode,
} from "react";
import { useObservable } from "./useObservable.js";

interface Context {
  readonly ambient: Ambient;
  readonly uid: string | null | undefined;
  readonly stay: Stay;
  /** The ids of the shows on view, one for each view. */
  readonly views: string[];
}

const AmbientContext = createContext<Context | undefined>(undefined);

/**
 * Gives Ambient to all hooks below it. Each person on the device has a stay of their own: it ends when they sign out, and
 * when the provider is unmounted.
 *
 * @example
 * ```tsx
 * <AmbientProvider ambient={ambient}>
 *   <main>Views that use the hooks</main>
 * </AmbientProvider>
 * ```
 */
export function AmbientProvider({
  ambient,
  children,
}: {
  readonly ambient: Ambient;
  readonly children?: ReactNode;
}): ReactNode {
  const uid = useObservable(ambient.account.uid).value;
  // One for each person, so that the next person on this device does not see the previous person's show.
  const context = useMemo(
    () => ({ ambient, uid, stay: new Stay(ambient), views: [] }),
    [ambient, uid],
  );
  const { stay } = context;
  useEffect(
    () => () => {
      stay.leaveNow();
    },
    [stay],
  );
  return createElement(AmbientContext.Provider, { value: context }, children);
}

/** For hooks that also work outside the provider. */
export function useOptionalAmbient(): Ambient | undefined {
  return useContext(AmbientContext)?.ambient;
}

/** For hooks, which share it with `useAmbient` and `useStay`. */
export function useAmbientContext(): Context {
  const context = useContext(AmbientContext);
  if (!context) throw new Error("Ambient's hooks need an <AmbientProvider> around them");
  return context;
}

/**
 * The client that the provider was given.
 *
 * @example
 * ```ts
 * const { discover } = useAmbient();
 * ```
 */
export function useAmbient(): Ambient {
  return useAmbientContext().ambient;
}

/**
 * The person's stay in a show, across all views.
 *
 * @example
 * ```ts
 * const stay = useStay();
 * const { run } = useAction();
 * run(() => stay.start(showId));
 * ```
 */
export function useStay(): Stay {
  return useAmbientContext().stay;
}

/**
 * The uid of the signed-in person. `null`: nobody is signed in. `undefined`: not known yet, while the app starts.
 *
 * @example
 * ```ts
 * const isMine = useUid() === creatorUid;
 * ```
 */
export function useUid(): string | null | undefined {
  return useAmbientContext().uid;
}
