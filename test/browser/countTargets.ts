import type { Page } from "playwright-core";

/** Counts the documents and queries that the page listens to, from its next load on. */
export function countTargets(page: Page): () => number {
  const targets = new Set<string>();
  page.on("domcontentloaded", () => {
    targets.clear();
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (!url.pathname.endsWith("/Listen/channel")) return;
    for (const [name, value] of new URLSearchParams(request.postData() ?? "")) {
      if (!name.endsWith("___data__")) continue;
      for (const [, step, id] of value.matchAll(
        /"(addTarget|removeTarget)":(?:\{.*"targetId":)?(\d+)/g,
      )) {
        if (id === undefined) continue;
        if (step === "addTarget") targets.add(id);
        else targets.delete(id);
      }
    }
  });
  return () => targets.size;
}
