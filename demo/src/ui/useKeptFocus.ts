import { useLayoutEffect, useRef } from "preact/hooks";

/** Where the element with the focus goes from a list, or is switched off, the list's heading gets the focus. */
export function useKeptFocus<List extends HTMLElement>() {
  const list = useRef<List>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const { activeElement } = document;
  const before = list.current?.contains(activeElement) ? activeElement : undefined;
  useLayoutEffect(() => {
    if (before && (!before.isConnected || before.matches(":disabled"))) heading.current?.focus();
  });
  return { list, heading };
}
