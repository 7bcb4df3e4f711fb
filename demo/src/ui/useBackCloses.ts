import { useLayoutEffect } from "preact/hooks";
import { z } from "zod";
import { replaceBy } from "../app/route.js";

const dialogEntry = z.object({ isDialog: z.literal(true) });
const closers: (() => void)[] = [];
/** The entry of a closed dialog is being left, which takes the browser a moment. */
let isLeaving = false;

function isAtDialog(): boolean {
  return dialogEntry.safeParse(history.state).success;
}

function enter(): void {
  history.pushState({ isDialog: true }, "");
}

function leave(): void {
  if (isLeaving || closers.length > 0 || !isAtDialog()) return;
  isLeaving = true;
  history.back();
}

addEventListener("popstate", () => {
  if (isLeaving) {
    isLeaving = false;
    // Another dialog has opened in the meantime.
    if (closers.length > 0) enter();
    return;
  }
  if (isAtDialog()) return;
  for (const close of closers.toReversed()) close();
});
// A reload closes the dialog, but keeps its entry.
leave();

/** While a dialog is open, the browser's Back closes it instead of leaving the page. */
export function useBackCloses(close: () => void): void {
  useLayoutEffect(() => {
    closers.push(close);
    if (!isLeaving && !isAtDialog()) enter();
    return () => {
      closers.splice(closers.indexOf(close), 1);
      // The next dialog may open at once, and uses the same entry.
      setTimeout(leave);
    };
  }, [close]);
}

/**
 * Follows a link within the app from a dialog, and returns whether there was one. The page takes the dialog's place in the
 * history.
 */
export function followFromDialog(event: MouseEvent): boolean {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  const link = event.target instanceof Element && event.target.closest('a[href^="#"]');
  if (!(link instanceof HTMLAnchorElement)) return false;
  event.preventDefault();
  replaceBy(link.hash);
  return true;
}
