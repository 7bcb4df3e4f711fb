/**
 * Gives the look the height that a phone's keyboard leaves, as `--visible-height`. Safari does not know
 * `interactive-widget`: there the keyboard covers the page.
 */
export function followKeyboard(): void {
  const { visualViewport } = window;
  visualViewport?.addEventListener("resize", () => {
    // Pinching makes the visible part smaller, too: the keyboard alone does not scale the page.
    const height = visualViewport.height * visualViewport.scale;
    document.documentElement.style.setProperty("--visible-height", `${height}px`);
  });
}
