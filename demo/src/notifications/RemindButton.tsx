import { useSession } from "../ambient/context.js";
import { useAction } from "../ambient/useAction.js";
import { useSubscribable, valueOf } from "../ambient/useSubscribable.js";
import { Button } from "../ui/Button.js";
import { Refused } from "../ui/Notice.js";

/** Asks for a notification when a scheduled show starts, moves or is cancelled, or takes that back. */
export function RemindButton({ showId }: { readonly showId: string }) {
  const { ambient } = useSession();
  const reminds = useSubscribable(() => ambient.notifications.reminds(showId), [ambient, showId]);
  const isOn = valueOf(reminds, undefined);
  const { isPending, error, run } = useAction();
  return (
    <>
      <Button
        icon="bell"
        kind={isOn === true ? "plain" : "primary"}
        isBusy={isPending}
        isDisabled={isOn === undefined}
        isOn={isOn ?? false}
        onClick={() => {
          const { notifications } = ambient;
          run(() => (isOn ? notifications.forget(showId) : notifications.remind(showId)));
        }}
      >
        {isOn === true ? "Don't remind me" : "Remind me"}
      </Button>
      {reminds.kind === "failed" && <Refused error={reminds.error} />}
      <Refused error={error} />
    </>
  );
}
