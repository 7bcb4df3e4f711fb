/**
 * The layer over every view: toasts, an invitation, and announcements for screen readers. An open dialog makes everything outside it inert,
 * so this moves into the dialog. Preact does not manage it: it must stay the same element, because screen readers miss a
 * live region that arrives with its text.
 */
export const overlay = document.createElement("div");
overlay.className = "toasts";
overlay.popover = "manual";

/** Call it after a dialog opens or closes: the browser shows whatever opens last above everything else. */
export function placeOverlay(): void {
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  if (dialog) dialog.append(overlay);
  else document.body.prepend(overlay);
  overlay.showPopover();
}
