import type { ComponentChildren } from "preact";
import { createPortal } from "preact/compat";
import { useEffect, useId, useRef } from "preact/hooks";
import { IconButton } from "./Button.js";

/**
 * The browser's own dialog: it keeps the focus, closes with Escape, and gives the focus back. It is nobody's child,
 * or it would be hidden with the panel that opened it and still keep everything else from being used.
 */
export function Dialog({
  title,
  onClose,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return createPortal(
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => {
        // What is around it is the dialog's own, too.
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <div class="dialog-body">
        <div class="dialog-head">
          <h2 id={id}>{title}</h2>
          <IconButton
            icon="close"
            label="Close"
            onClick={() => {
              dialog.current?.close();
            }}
          />
        </div>
        {children}
      </div>
    </dialog>,
    document.body,
  );
}
