/**
 * Gives the look the height that a phone's keyboard leaves, as `--visible-height`. Safari does not know
 * `interactive-widget`: there the keyboard covers the page.
 */
export function followKeyboard(): void {
  const { visualViewport } = window;
  visualViewport?.addEventListener("resize", () => {
    // Pinching makes the visible part smaller, too.
    if (visualViewport.scale !== 1) return;
    document.documentElement.style.setProperty("--visible-height", `${visualViewport.height}px`);
  });
}
