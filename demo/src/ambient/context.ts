import type { Ambient, Stay } from "@ambient/client";
import { useAmbient, useObservable, useStay } from "@ambient/react";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Suite } from "../suite/suite.js";

/** What every view of a signed-in person needs. */
export interface Session {
  readonly ambient: Ambient;
  readonly suite: Suite;
  readonly uid: string;
  readonly stay: Stay;
}

export const SuiteContext = createContext<Suite | undefined>(undefined);

export function useSession(): Session {
  const suite = useContext(SuiteContext);
  const ambient = useAmbient();
  const stay = useStay();
  const uid = useObservable(ambient.account.uid).value;
  if (!suite || !uid) throw new Error("useSession needs a SuiteContext and somebody signed in");
  return { ambient, suite, uid, stay };
}
