import { useEffect } from "preact/hooks";
import { Splash } from "../app/Splash.js";
import type { Persona, Suite } from "../suite/suite.js";
import { beginSignIn } from "./signIn.js";

/** A page that is opened for a persona signs him in by itself. */
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
