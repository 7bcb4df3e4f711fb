import { useSession } from "../ambient/context.js";
import { useAction, useObservable } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

/** Sets or cancels a reminder of a scheduled show: a notification when it starts, moves or is cancelled. */
export function RemindButton({ showId }: { readonly showId: string }) {
  const { ambient } = useSession();
  const reminder = useObservable(ambient.notifications.hasReminder(showId));
  const isOn = reminder.value;
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
        {isOn === true ? words.notifications.doNotRemind : words.notifications.remind}
      </Button>
      {reminder.kind === "failed" && <Refused error={reminder.error} />}
      <Refused error={error} />
    </>
  );
}
