import { useState } from "preact/hooks";
import { useAction } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { Refused } from "../ui/Notice.js";
import { useLiveShow } from "./ShowContext.js";

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
        End show
      </Button>
      {isAsking && (
        <Dialog
          title="End the show?"
          onClose={() => {
            setAsking(false);
          }}
        >
          <p>This ends it for everyone. Then you see how it went.</p>
          <Refused error={error} />
          <div class="actions">
            <Button
              kind="danger"
              isBusy={isPending}
              onClick={() => {
                run(() => show.end());
              }}
            >
              End it now
            </Button>
            <Button
              onClick={() => {
                setAsking(false);
              }}
            >
              Keep going
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
