import { useAction, useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { Button } from "../ui/Button.js";
import { Banner, Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

/** A host's invitation to the stage. Nobody joins the stage without accepting. */
export function Invitation() {
  const { show } = useLiveShow();
  const { invitedTo, role } = useObservable(show.me).value;
  const { isPending, error, run } = useAction();
  if (invitedTo === null) return null;
  return (
    <Banner
      icon="hand"
      kind="invitation"
      actions={
        <>
          <Button
            kind="primary"
            isBusy={isPending}
            onClick={() => {
              run(() => show.stage.acceptInvitation());
            }}
          >
            {words.stage.accept}
          </Button>
          <Button
            isBusy={isPending}
            onClick={() => {
              // Setting the current role again withdraws the invitation.
              run(() => show.stage.setRole(show.uid, role === "speaker" ? "speaker" : "listener"));
            }}
          >
            {words.stage.decline}
          </Button>
        </>
      }
    >
      <strong>
        {invitedTo === "cohost" ? words.stage.invitedToCohost : words.stage.invitedToSpeak}
      </strong>
      <Refused error={error} />
    </Banner>
  );
}
