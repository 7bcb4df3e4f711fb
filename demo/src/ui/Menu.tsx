import { useCallback, useLayoutEffect, useRef } from "preact/hooks";
import { Icon, type IconName } from "./Icon.js";
import { useBackCloses } from "./useBackCloses.js";

export interface MenuItem {
  readonly icon: IconName;
  readonly text: string;
  readonly run: () => void;
}

/** Room between the menu and its button or the edge of the window. */
const GAP_PX = 6;

/**
 * The menu of a button. The browser keeps a popover above everything, and closes it with Escape, Back and a click
 * elsewhere.
 */
export function Menu({
  button,
  label,
  items,
  onClose,
}: {
  readonly button: HTMLElement;
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
}) {
  const menu = useRef<HTMLDivElement>(null);
  useBackCloses(
    useCallback(() => {
      menu.current?.hidePopover();
    }, []),
  );
  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    element.showPopover();
    placeAt(element, button);
    element.querySelector("button")?.focus();
    return () => {
      // A click elsewhere has moved the focus already.
      const { activeElement } = document;
      const isLost = activeElement === document.body || element.contains(activeElement);
      if (isLost && button.isConnected) button.focus();
    };
  }, [button]);
  const move = (event: KeyboardEvent) => {
    const all = [...(menu.current?.querySelectorAll("button") ?? [])];
    const at = all.findIndex((item) => item === document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (next !== undefined) all.at(next % all.length)?.focus();
    else if (event.key === "Tab") onClose();
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={menu}
      class="menu"
      role="menu"
      aria-label={label}
      popover="auto"
      onKeyDown={move}
      onToggle={(event) => {
        if (event.newState === "closed") onClose();
      }}
    >
      {items.map(({ icon, text, run }) => (
        <button
          key={text}
          type="button"
          role="menuitem"
          tabIndex={-1}
          onClick={() => {
            // First, so that a dialog that opens returns the focus to the menu's button.
            button.focus();
            onClose();
            run();
          }}
        >
          <Icon name={icon} size={18} />
          <span>{text}</span>
        </button>
      ))}
    </div>
  );
}

/** Below the button's end if there is room, otherwise above. */
function placeAt(menu: HTMLElement, button: HTMLElement): void {
  const to = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = to.bottom + GAP_PX;
  const top = below + height <= window.innerHeight - GAP_PX ? below : to.top - GAP_PX - height;
  menu.style.top = `${Math.max(GAP_PX, top)}px`;
  menu.style.left = `${Math.max(GAP_PX, to.right - width)}px`;
}
