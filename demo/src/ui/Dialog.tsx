import type { ComponentChildren } from "preact";
import { createPortal } from "preact/compat";
import { useCallback, useEffect, useId, useRef } from "preact/hooks";
import { placeOverlay } from "../app/overlay.js";
import { IconButton } from "./Button.js";
import { followFromDialog, useBackCloses } from "./useBackCloses.js";
import { words } from "../words/words.js";

/**
 * The browser's own dialog: it traps the focus, closes with Escape and Back, and returns the focus. It is rendered
 * outside its opener; inside a hidden panel it would be invisible and still block the page.
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
  const isGone = useRef(false);
  useBackCloses(
    useCallback(() => {
      dialog.current?.close();
    }, []),
  );
  useEffect(() => {
    const before = document.activeElement;
    const element = dialog.current;
    element?.showModal();
    placeOverlay();
    return () => {
      isGone.current = true;
      // An open dialog would keep the focus.
      element?.close();
      placeOverlay();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return createPortal(
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={id}
      onClose={() => {
        if (!isGone.current) onClose();
      }}
      onClick={(event) => {
        // The backdrop belongs to the dialog element.
        const isBackdrop = event.target === dialog.current;
        if (isBackdrop || followFromDialog(event)) dialog.current?.close();
      }}
    >
      <div class="dialog-body">
        <div class="dialog-head">
          <h2 id={id} dir="auto">
            {title}
          </h2>
          <IconButton
            icon="close"
            label={words.common.close}
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
