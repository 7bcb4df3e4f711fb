import type { Ambient, AmbientError } from "@ambient/client";
import { AmbientProvider } from "@ambient/react";
import { useEffect, useState } from "preact/hooks";
import { finishSignIn, isCallback, type Aim } from "../account/signIn.js";
import { SignInFailed } from "../account/SignInFailed.js";
import { openAmbient } from "../ambient/openAmbient.js";
import { readSuite, type Suite } from "../suite/suite.js";
import { Button } from "../ui/Button.js";
import { NoticePage } from "../ui/Notice.js";
import { Announcer } from "./Announcer.js";
import { App } from "./App.js";
import { currentSlot, enterSlot } from "./slot.js";
import { Splash } from "./Splash.js";
import { words } from "../words/words.js";

type Beginning =
  | { readonly kind: "loading" }
  | { readonly kind: "noSuite" }
  | {
      readonly kind: "refused";
      readonly suite: Suite;
      readonly error: AmbientError;
      readonly aim: Aim;
    }
  | {
      readonly kind: "ready";
      readonly suite: Suite;
      readonly ambient: Ambient;
      readonly slot: string;
    };

/** Finds the suite, and completes a sign-in after Spotify's redirect. */
export function Root() {
  const [beginning, setBeginning] = useState<Beginning>({ kind: "loading" });
  useEffect(() => {
    void begin().then(setBeginning);
  }, []);
  switch (beginning.kind) {
    case "loading":
      return <Splash />;
    case "noSuite":
      return (
        <main class="bare">
          <NoticePage
            icon="offline"
            title={words.app.suiteMissing.title}
            actions={
              <Button
                kind="primary"
                onClick={() => {
                  location.reload();
                }}
              >
                {words.common.tryAgain}
              </Button>
            }
          >
            <p>{words.app.suiteMissing.text}</p>
          </NoticePage>
        </main>
      );
    case "refused":
      return <SignInFailed {...beginning} />;
    case "ready":
      return (
        <Announcer>
          <AmbientProvider ambient={beginning.ambient}>
            <App {...beginning} />
          </AmbientProvider>
        </Announcer>
      );
  }
}

async function begin(): Promise<Beginning> {
  let suite: Suite;
  try {
    suite = await readSuite();
  } catch {
    return { kind: "noSuite" };
  }
  if (!isCallback(location)) {
    const slot = currentSlot();
    enterSlot(slot);
    return { kind: "ready", suite, slot, ambient: openAmbient(suite, slot) };
  }
  return { suite, ...(await finishSignIn(suite)) };
}
