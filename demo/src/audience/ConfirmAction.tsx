import { useState } from "preact/hooks";
import { useLiveShow } from "../show/ShowContext.js";
import { ConfirmDialog } from "../ui/ConfirmDialog.js";
import { Switch } from "../ui/Field.js";
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
  return (
    <ConfirmDialog
      title={title(name)}
      confirmText={words.audience.actions[action.name]}
      onConfirm={async () => {
        await action.run(show, uid);
        if (hidesComments) await show.moderation.hideComments(uid);
      }}
      onClose={onClose}
    >
      <p>{hint}</p>
      {confirm !== "hideComments" && (
        <Switch
          label={words.audience.actions.hideComments}
          isOn={hidesComments}
          onChange={setHidesComments}
        />
      )}
    </ConfirmDialog>
  );
}
