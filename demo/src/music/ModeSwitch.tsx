import type { Playback } from "@ambient/client";
import { useAction } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { Button } from "../ui/Button.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

/** Switches between talk and music. */
export function ModeSwitch({
  mode,
  trackCount,
  upNext,
}: {
  readonly mode: Playback["mode"];
  readonly trackCount: number;
  /** The track that music starts with. After the last track it is the first. */
  readonly upNext: number;
}) {
  const { show } = useLiveShow();
  const { isPending, error, run } = useAction();
  return (
    <div>
      {mode === "music" ? (
        <Button
          icon="microphone"
          isSmall
          isBusy={isPending}
          onClick={() => {
            run(() => show.stage.setMode("talk"));
          }}
        >
          {words.music.backToTalk}
        </Button>
      ) : (
        <Button
          icon="music"
          isSmall
          isBusy={isPending}
          isDisabled={trackCount === 0}
          onClick={() => {
            run(() => show.stage.setMode("music", upNext < trackCount ? upNext : 0));
          }}
        >
          {words.music.play}
        </Button>
      )}
      <Refused error={error} />
    </div>
  );
}
