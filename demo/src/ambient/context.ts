import type { Ambient, Stay } from "@ambient/client";
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

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useSession needs a SessionContext around it");
  return session;
}
