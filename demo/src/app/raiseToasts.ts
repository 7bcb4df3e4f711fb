const ID = "toasts";

/** The browser shows whatever opens last above everything else: call it after a dialog opens. */
export function raiseToasts(): void {
  const toasts = document.getElementById(ID);
  toasts?.hidePopover();
  toasts?.showPopover();
}

export { ID as TOASTS };
