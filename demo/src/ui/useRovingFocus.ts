import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

const CONTROLS = "a[href], button";

/**
 * Makes a list one stop of the Tab key, however long it is: only the controls of its current row are in the tab order.
 * The arrow keys, Home and End move to the same control of another row.
 */
export function useRovingFocus(
  list: RefObject<HTMLElement | null>,
  /** The row that Tab reaches first. */
  start: "first" | "last" = "first",
): void {
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const roving = new RovingFocus(element, start);
    return () => {
      roving.stop();
    };
  }, [list, start]);
}

class RovingFocus {
  readonly #list: HTMLElement;
  readonly #start: "first" | "last";
  /** Rows come and go without a render of the list's owner, so the list itself is observed. */
  readonly #observer = new MutationObserver(() => {
    this.#update();
  });
  readonly #listening = new AbortController();
  #chosen: Element | undefined;

  constructor(list: HTMLElement, start: "first" | "last") {
    this.#list = list;
    this.#start = start;
    const { signal } = this.#listening;
    list.addEventListener(
      "focusin",
      ({ target }) => {
        this.#chosen = this.#rows().find((row) => target instanceof Node && row.contains(target));
        this.#update();
      },
      { signal },
    );
    list.addEventListener(
      "keydown",
      (event) => {
        this.#onKey(event);
      },
      { signal },
    );
    this.#observer.observe(list, { childList: true, subtree: true });
    this.#update();
  }

  stop(): void {
    this.#listening.abort();
    this.#observer.disconnect();
  }

  #rows(): readonly Element[] {
    return [...this.#list.children];
  }

  #update(): void {
    const rows = this.#rows();
    const isThere = this.#chosen !== undefined && rows.includes(this.#chosen);
    const current = isThere ? this.#chosen : rows.at(this.#start === "first" ? 0 : -1);
    for (const row of rows) {
      const tabIndex = row === current ? 0 : -1;
      for (const control of controlsOf(row)) {
        if (control.tabIndex !== tabIndex) control.tabIndex = tabIndex;
      }
    }
  }

  #onKey(event: KeyboardEvent): void {
    const { altKey, ctrlKey, key, metaKey, shiftKey, target } = event;
    if (altKey || ctrlKey || metaKey || shiftKey) return;
    const rows = this.#rows();
    const at = rows.findIndex((row) => target instanceof Node && row.contains(target));
    const to = rowAfter(key, at, rows.length);
    const [from, next] = [rows[at], to === undefined ? undefined : rows[to]];
    if (!from || !next) return;
    event.preventDefault();
    // Counted from the end, because a row's links come before the control that all rows have.
    const fromControls = controlsOf(from);
    const offset = fromControls.findIndex((control) => control === target) - fromControls.length;
    const controls = controlsOf(next);
    const same = controls.at(offset);
    const isUsable = (control: HTMLElement | undefined) => control?.matches(":enabled, a") === true;
    (isUsable(same) ? same : controls.find(isUsable))?.focus();
  }
}

function rowAfter(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case "ArrowDown":
    case "ArrowRight":
      return at + 1;
    case "ArrowUp":
    case "ArrowLeft":
      return at - 1;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

function controlsOf(row: Element): readonly HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>(CONTROLS)];
}
