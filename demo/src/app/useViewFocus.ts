import { useEffect, useRef } from "preact/hooks";

let isFirstView = true;

/**
 * The heading of a view takes the focus when the view appears, so that a keyboard and a screen reader are
 * where the eyes are, and names the page. Not at the page's first view, which begins at its top.
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
