import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * Keeps the focus in an area when the focused element disappears or is disabled: moves it to the area's heading or,
 * without one, to the first control.
 */
export function useKeptFocus<Area extends HTMLElement>() {
  const area = useRef<Area>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const { activeElement } = document;
  const before = area.current?.contains(activeElement) ? activeElement : undefined;
  useLayoutEffect(() => {
    if (!before || (before.isConnected && !before.matches(":disabled"))) return;
    const first = area.current?.querySelector<HTMLElement>(":is(input, button):enabled");
    (heading.current ?? first ?? area.current)?.focus();
  });
  return { area, heading };
}
