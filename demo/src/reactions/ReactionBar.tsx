import type { ReactionKind, Tap } from "@ambient/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { useReactions } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { Icon } from "../ui/Icon.js";
import { shortCount } from "../ui/format.js";
import { words } from "../words/words.js";

/** Also the names of the icons. */
const reactions: readonly ReactionKind[] = ["clap", "heart", "fire", "laugh", "wow"];

/** More icons at a time show nothing more and drain the battery. */
const MAX_FLYING = 12;
const FLIGHT_MS = 1_600;

interface Flying {
  readonly id: number;
  readonly kind: ReactionKind;
  /** The start, in percent of the button's width. */
  readonly left: number;
}

export function ReactionBar() {
  const { show } = useLiveShow();
  const { totals, isOpen, send } = useReactions(show);
  const flying = useFlying();
  const [tap, setTap] = useState<Tap>("counted");
  return (
    <section class="reactions" aria-label={words.reactions.title}>
      <ul class="reaction-list">
        {reactions.map((kind) => {
          const count = totals.value?.[kind];
          return (
            <li key={kind}>
              <button
                type="button"
                class="reaction"
                data-kind={kind}
                disabled={!isOpen}
                aria-label={words.reactions[kind](count ?? 0)}
                onClick={() => {
                  setTap(send(kind));
                }}
              >
                <span class="reaction-sign" aria-hidden="true">
                  <Icon name={kind} size={22} />
                </span>
                <span class="reaction-count" aria-hidden="true">
                  {count === undefined ? "" : shortCount(count)}
                </span>
              </button>
              <span class="reaction-air" aria-hidden="true">
                {flying
                  .filter((one) => one.kind === kind)
                  .map(({ id, left }) => (
                    <span key={id} class="reaction-flying" style={{ left: `${left}%` }}>
                      <Icon name={kind} size={24} />
                    </span>
                  ))}
              </span>
            </li>
          );
        })}
      </ul>
      <p class="muted small reaction-hint" role="status">
        {words.reactions.hint[isOpen ? tap : "counted"]}
      </p>
    </section>
  );
}

/** The icons that rise while people tap. */
function useFlying(): readonly Flying[] {
  const { show } = useLiveShow();
  const [flying, setFlying] = useState<readonly Flying[]>([]);
  const lastId = useRef(0);
  useEffect(() => {
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const stop = show.reactions.onBurst((burst) => {
      const risen = reactions.flatMap((kind) =>
        Array.from({ length: Math.min(burst[kind], 3) }, () => {
          lastId.current += 1;
          return { id: lastId.current, kind, left: 20 + ((lastId.current * 37) % 60) };
        }),
      );
      setFlying((before) => [...before, ...risen].slice(-MAX_FLYING));
      const ids = new Set(risen.map(({ id }) => id));
      const timer = setTimeout(() => {
        timers.delete(timer);
        setFlying((before) => before.filter(({ id }) => !ids.has(id)));
      }, FLIGHT_MS);
      timers.add(timer);
    });
    return () => {
      stop();
      for (const timer of timers) clearTimeout(timer);
    };
  }, [show]);
  return flying;
}
