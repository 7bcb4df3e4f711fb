import { useAction } from "@ambient/react";
import type { ComponentChildren } from "preact";
import { words } from "../words/words.js";
import { Button } from "./Button.js";
import { Dialog } from "./Dialog.js";
import { Refused } from "./Notice.js";

export interface Confirmation {
  readonly title: string;
  /** The consequences, so that the person can decide. */
  readonly children: ComponentChildren;
  readonly confirmText: string;
  readonly cancelText?: string;
  readonly onConfirm: () => Promise<unknown>;
}

/** Asks before an action with consequences. It closes once the action has succeeded, and shows a refusal. */
export function ConfirmDialog({
  title,
  children,
  confirmText,
  cancelText = words.common.cancel,
  onConfirm,
  onClose,
}: Confirmation & { readonly onClose: () => void }) {
  const { isPending, error, run } = useAction();
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <Refused error={error} />
      <div class="actions">
        <Button
          kind="danger"
          isBusy={isPending}
          onClick={() => {
            run(async () => {
              await onConfirm();
              onClose();
            });
          }}
        >
          {confirmText}
        </Button>
        <Button onClick={onClose}>{cancelText}</Button>
      </div>
    </Dialog>
  );
}
