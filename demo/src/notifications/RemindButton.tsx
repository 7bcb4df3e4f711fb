import { useSession } from "../ambient/context.js";
import { useAction } from "../ambient/useAction.js";
import { useSubscribable, valueOf } from "../ambient/useSubscribable.js";
import { Button } from "../ui/Button.js";
import { Refused } from "../ui/Notice.js";

/** Sets or cancels a reminder of a scheduled show: a notification when it starts, moves or is cancelled. */
export function RemindButton({ showId }: { readonly showId: string }) {
  const { ambient } = useSession();
  const reminder = useSubscribable(
    () => ambient.notifications.hasReminder(showId),
    [ambient, showId],
  );
  const isOn = valueOf(reminder, undefined);
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
          run(() => (isOn ? notifications.cancelReminder(showId) : notifications.remind(showId)));
        }}
      >
        {isOn === true ? "Don't remind me" : "Remind me"}
      </Button>
      {reminder.kind === "failed" && <Refused error={reminder.error} />}
      <Refused error={error} />
    </>
  );
}
