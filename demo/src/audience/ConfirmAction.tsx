import { useState } from "preact/hooks";
import { useAction } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { Switch } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";
import type { PersonAction } from "./personActions.js";

/** Asks before a harsh action. A removal can also hide the person's comments, which otherwise stay. */
export function ConfirmAction({
  uid,
  name,
  action,
  confirm,
  onClose,
}: {
  readonly uid: string;
  readonly name: string;
  readonly action: PersonAction;
  readonly confirm: NonNullable<PersonAction["confirm"]>;
  readonly onClose: () => void;
}) {
  const { show } = useLiveShow();
  const { title, hint } = words.audience.confirm[confirm];
  const [hidesComments, setHidesComments] = useState(false);
  const { isPending, error, run } = useAction();
  return (
    <Dialog title={title(name)} onClose={onClose}>
      <p>{hint}</p>
      {confirm !== "hideComments" && (
        <Switch
          label={words.audience.actions.hideComments}
          isOn={hidesComments}
          onChange={setHidesComments}
        />
      )}
      <Refused error={error} />
      <div class="actions">
        <Button
          kind="danger"
          isBusy={isPending}
          onClick={() => {
            run(async () => {
              await action.run(show, uid);
              if (hidesComments) await show.moderation.hideComments(uid);
              onClose();
            });
          }}
        >
          {words.audience.actions[action.name]}
        </Button>
        <Button onClick={onClose}>{words.common.cancel}</Button>
      </div>
    </Dialog>
  );
}
