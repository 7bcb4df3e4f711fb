import { useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { Button } from "../ui/Button.js";
import { Banner } from "../ui/Notice.js";
import { words } from "../words/words.js";

/** While another tab or device of the person has the audio: offers to move it here. */
export function AudioElsewhere() {
  const { audio } = useLiveShow();
  if (useObservable(audio.connection).value !== "elsewhere") return null;
  return (
    <Banner
      icon="soundOff"
      actions={
        <Button
          kind="primary"
          isSmall
          onClick={() => {
            audio.takeOver();
          }}
        >
          {words.show.listenHere}
        </Button>
      }
    >
      <strong>{words.show.audioElsewhere}</strong> {words.show.audioElsewhereHint}
    </Banner>
  );
}
