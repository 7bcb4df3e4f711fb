import { useCurrentShow } from "@ambient/react";
import type { ComponentChildren } from "preact";
import { Suspense } from "preact/compat";
import { useRef, useState } from "preact/hooks";
import { lazyComponent } from "../app/lazyComponent.js";
import { ShowContext, type LiveShow } from "./ShowContext.js";

const ShowSound = lazyComponent(async () => (await import("./ShowSound.js")).ShowSound);

/** Provides the current show to all views, so that its audio continues in each of them. */
export function ShowAround({ children }: { readonly children: ComponentChildren }) {
  const show = useCurrentShow();
  const wasMuted = useRef(false);
  const [live, setLive] = useState<LiveShow>();
  return (
    <ShowContext.Provider value={live?.show === show ? live : undefined}>
      {children}
      {show && (
        <Suspense fallback={null}>
          <ShowSound show={show} wasMuted={wasMuted} onChange={setLive} />
        </Suspense>
      )}
    </ShowContext.Provider>
  );
}
