import type { ReactionKind, Tap } from "@ambient/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { useReactions } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { Icon } from "../ui/Icon.js";
import { counted } from "../ui/format.js";

/** The names of the icons, which are also their labels. */
const reactions: readonly ReactionKind[] = ["clap", "heart", "fire", "laugh", "wow"];

const hints: Readonly<Record<Tap, string>> = {
  counted: "",
  limited: "That is a lot of love. Try again in a few seconds.",
  unavailable: "Reactions cannot be sent right now.",
};

/** More icons at a time show nothing more and drain the battery. */
const MOST_FLYING = 12;
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
    <section class="reactions" aria-label="Reactions">
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
                aria-label={count === undefined ? kind : counted(count, kind)}
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
        {hints[isOpen ? tap : "counted"]}
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
      setFlying((before) => [...before, ...risen].slice(-MOST_FLYING));
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

const short = new Intl.NumberFormat("en", { notation: "compact" });

function shortCount(count: number): string {
  return short.format(count);
}
