import { useState } from "preact/hooks";
import { useAction } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { Refused } from "../ui/Notice.js";
import { useLiveShow } from "./ShowContext.js";
import { words } from "../words/words.js";

/** Asks for confirmation, because it ends the show for everyone and cannot be undone. */
export function EndShowButton() {
  const { show } = useLiveShow();
  const [isAsking, setAsking] = useState(false);
  const { isPending, error, run } = useAction();
  return (
    <>
      <Button
        kind="danger"
        onClick={() => {
          setAsking(true);
        }}
      >
        {words.show.end}
      </Button>
      {isAsking && (
        <Dialog
          title={words.show.endTitle}
          onClose={() => {
            setAsking(false);
          }}
        >
          <p>{words.show.endText}</p>
          <Refused error={error} />
          <div class="actions">
            <Button
              kind="danger"
              isBusy={isPending}
              onClick={() => {
                run(() => show.end());
              }}
            >
              {words.show.endNow}
            </Button>
            <Button
              onClick={() => {
                setAsking(false);
              }}
            >
              {words.show.keepGoing}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
