import { useCurrentShow } from "@ambient/react";
import type { ComponentChildren } from "preact";
import { Suspense } from "preact/compat";
import { useMemo, useRef, useState } from "preact/hooks";
import { lazyComponent } from "../app/lazyComponent.js";
import { NewsContext, noNews, ShowNews } from "./news.js";
import { ShowContext, type LiveShow } from "./ShowContext.js";

/** From the code of the show's page, so that neither is there without the other. */
const ShowSound = lazyComponent(async () => (await import("./ShowPage.js")).ShowSound);

/** Provides the current show to all views, so that its audio and what is new in it continue in each of them. */
export function ShowAround({ children }: { readonly children: ComponentChildren }) {
  const show = useCurrentShow();
  const wasMuted = useRef(false);
  const [live, setLive] = useState<LiveShow>();
  const [news, setNews] = useState(noNews);
  const [isLooking, setLooking] = useState(false);
  const newsAround = useMemo(() => ({ news, setLooking }), [news]);
  return (
    <ShowContext.Provider value={live?.show === show ? live : undefined}>
      <NewsContext.Provider value={newsAround}>{children}</NewsContext.Provider>
      {show && (
        <>
          <ShowNews key={show.id} show={show} isLooking={isLooking} onChange={setNews} />
          <Suspense fallback={null}>
            <ShowSound show={show} wasMuted={wasMuted} onChange={setLive} />
          </Suspense>
        </>
      )}
    </ShowContext.Provider>
  );
}
