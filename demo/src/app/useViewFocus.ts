import { useEffect, useRef } from "preact/hooks";

let isFirstView = true;

/**
 * Focuses the heading of a new view, so that keyboards and screen readers start there, and keeps the page's title the same.
 * The first view keeps the focus at the top of the page.
 */
export function useViewFocus(view: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isFirstView) isFirstView = false;
    else heading.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
    return () => {
      document.title = "Ambient";
    };
  }, [view]);
  // A show can be renamed.
  useEffect(() => {
    document.title = [heading.current?.textContent, "Ambient"].filter(Boolean).join(" · ");
  });
  return heading;
}
