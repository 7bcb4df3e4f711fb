import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * Where the element with the focus goes from an area, or is switched off, the focus stays: on the area's
 * heading or, where it has none, on the first thing that one can use in it.
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
