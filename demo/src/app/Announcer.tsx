import type { ComponentChildren } from "preact";
import { createContext } from "preact";
import { createPortal } from "preact/compat";
import { useCallback, useContext, useLayoutEffect, useRef, useState } from "preact/hooks";
import { overlay, placeOverlay } from "./overlay.js";

type Announce = (sentence: string) => void;

const AnnounceContext = createContext<Announce>(() => undefined);

export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}

/** Limits the sentences at a time, so that a screen reader does not talk without end in a crowd. */
const MAX_SENTENCES = 3;
const CLEAR_AFTER_MS = 6_000;

/** A polite live region that announces events to people who cannot see them. */
export function Announcer({ children }: { readonly children: ComponentChildren }) {
  const [sentences, setSentences] = useState<readonly { id: number; sentence: string }[]>([]);
  const next = useRef(0);
  const announce = useCallback<Announce>((sentence) => {
    next.current += 1;
    const id = next.current;
    setSentences((before) => [...before, { id, sentence }].slice(-MAX_SENTENCES));
    setTimeout(() => {
      setSentences((before) => before.filter((each) => each.id !== id));
    }, CLEAR_AFTER_MS);
  }, []);
  useLayoutEffect(placeOverlay, []);
  return (
    <AnnounceContext.Provider value={announce}>
      {children}
      {createPortal(
        <div class="visually-hidden" role="status" aria-live="polite" aria-atomic="false">
          {sentences.map(({ id, sentence }) => (
            <p key={id}>{sentence}</p>
          ))}
        </div>,
        overlay,
      )}
    </AnnounceContext.Provider>
  );
}
