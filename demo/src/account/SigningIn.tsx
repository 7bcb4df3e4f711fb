import { useEffect } from "preact/hooks";
import { Splash } from "../app/Splash.js";
import type { Persona, Suite } from "../suite/suite.js";
import { beginSignIn } from "./signIn.js";

/** Signs in the persona that the page was opened for. */
export function SigningIn({
  suite,
  slot,
  persona,
}: {
  readonly suite: Suite;
  readonly slot: string;
  readonly persona: Persona;
}) {
  useEffect(() => {
    void beginSignIn(suite, slot, persona.id);
  }, [suite, slot, persona]);
  return <Splash />;
}
