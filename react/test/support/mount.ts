import assert from "node:assert/strict";
import type { Ambient } from "@ambient/client/core";
import { Component, createElement, StrictMode, useEffect, type ReactNode } from "react";
import { AmbientProvider } from "../../src/index.js";

const DEADLINE_MS = 5_000;

/** Waits for what a render or an answer leads to. */
export async function until<Found>(what: string, look: () => Found | undefined | false) {
  const end = Date.now() + DEADLINE_MS;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    assert.ok(Date.now() < end, `not seen: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Reports that everything rendered beside it is on the page, with its effects. */
function Committed({ report }: { readonly report: () => void }) {
  useEffect(report, [report]);
  return null;
}

class Boundary extends Component<
  { readonly children?: ReactNode; readonly caught: (error: unknown) => void },
  { readonly hasFailed: boolean }
> {
  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override state = { hasFailed: false };

  override componentDidCatch(error: unknown): void {
    this.props.caught(error);
  }

  override render() {
    return this.state.hasFailed ? null : this.props.children;
  }
}

/** Renders in StrictMode, whose double mount finds effects that do not clean up. */
export async function mount(ambient?: Ambient) {
  // react-dom looks for a document when it is imported.
  const { createRoot } = await import("react-dom/client");
  const errors: unknown[] = [];
  const root = createRoot(document.createElement("div"), { onCaughtError: () => undefined });
  const caught = (error: unknown) => errors.push(error);
  let shown: ReactNode;
  /** Resolves once every update so far is on the page. What has not changed is not rendered again. */
  const settled = () =>
    new Promise<void>((resolve) => {
      const views = createElement(Boundary, { caught }, shown);
      const committed = createElement(Committed, { report: resolve });
      root.render(createElement(StrictMode, null, views, committed));
    });
  return {
    errors,
    settled,
    async render(view: ReactNode) {
      shown = ambient ? createElement(AmbientProvider, { ambient }, view) : view;
      await settled();
    },
    unmount() {
      root.unmount();
    },
  };
}

/** A view that renders nothing and keeps what its hook returned last. */
export function probe<Result>(use: () => Result) {
  const results: Result[] = [];
  return {
    results,
    View: () => {
      results.push(use());
      return null;
    },
    get latest(): Result {
      const [latest] = results.slice(-1).map((result) => ({ result }));
      assert.ok(latest, "not rendered");
      return latest.result;
    },
  };
}
