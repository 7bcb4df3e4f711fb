import { useEffect, useRef } from "preact/hooks";

let isFirstView = true;

/**
 * Focuses the heading of a new view, so that keyboards and screen readers start there, and sets the page's title.
 * The first view keeps the focus at the top of the page.
 */
export function useViewFocus(view: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = [heading.current?.textContent, "Ambient"].filter(Boolean).join(" · ");
    if (isFirstView) isFirstView = false;
    else heading.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
    return () => {
      document.title = "Ambient";
    };
  }, [view]);
  return heading;
}
