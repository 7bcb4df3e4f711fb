import { useAction, useObservable } from "@ambient/react";
import { useContext } from "preact/hooks";
import { ShowContext, type LiveShow } from "../show/ShowContext.js";
import { Button } from "../ui/Button.js";
import { Banner, Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

/**
 * A host's invitation to the stage, over every view. Nobody joins the stage without accepting. Screen readers announce what
 * arrives in a live region, and miss a region that arrives with its text.
 */
export function StandingInvitation() {
  const live = useContext(ShowContext);
  return (
    <div class="standing-invitation" role="status">
      {live && <Invitation live={live} />}
    </div>
  );
}

function Invitation({ live: { show } }: { readonly live: LiveShow }) {
  const { invitedTo, role } = useObservable(show.me).value;
  const { title } = useObservable(show.details).value;
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
      </strong>{" "}
      <span class="muted small" dir="auto">
        {title}
      </span>
      <Refused error={error} />
    </Banner>
  );
}
