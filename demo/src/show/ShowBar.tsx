import type { Presence, Show } from "@ambient/client";
import { useContext } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useObservable } from "@ambient/react";
import { useAnnounce } from "../app/Announcer.js";
import { placeOfShow } from "../app/route.js";
import { LiveControls } from "../sound/LiveControls.js";
import { Button } from "../ui/Button.js";
import { Icon } from "../ui/Icon.js";
import { ShowContext } from "./ShowContext.js";
import { words } from "../words/words.js";

/** A link back to the current show, while the person looks at something else. */
export function ShowBar({ shownShowId }: { readonly shownShowId: string | undefined }) {
  const { stay } = useSession();
  const state = useObservable(stay.state).value;
  if (state.kind !== "in" || state.showId === shownShowId) return null;
  return <Bar show={state.show} presence={state.presence} />;
}

function Bar({ show, presence }: { readonly show: Show; readonly presence: Presence }) {
  const { stay } = useSession();
  const announce = useAnnounce();
  const { title } = useObservable(show.details).value;
  const { role } = useObservable(show.me).value;
  const isPresent = presence.kind === "present" || presence.kind === "away";
  return (
    <section class="show-bar" aria-label={words.show.bar.title}>
      <div class="show-bar-row">
        <p class="show-bar-text" role="status" data-gone={presence.kind === "gone"}>
          {presence.kind === "gone" && <Icon name="close" />}
          <span>{sentenceOf(presence, title)}</span>
        </p>
        <div class="actions">
          <a class="button button-primary button-small" href={placeOfShow(show.id)}>
            <span>{isPresent ? words.show.bar.back : words.show.bar.more}</span>
          </a>
          {/* Creators cannot leave, but end their show on its page. */}
          {!(isPresent && role === "creator") && (
            <Button
              isSmall
              onClick={() => {
                stay.leaveNow();
                if (isPresent) announce(words.show.leftAnnouncement(title));
                // The button disappears, and would take the focus with it.
                document.getElementById("main")?.focus();
              }}
            >
              {isPresent ? words.show.leave : words.common.ok}
            </Button>
          )}
        </div>
        {isPresent && <CurrentControls />}
      </div>
    </section>
  );
}

function CurrentControls() {
  return useContext(ShowContext) ? <LiveControls /> : null;
}

function sentenceOf(presence: Presence, title: string): string {
  switch (presence.kind) {
    case "present":
      return words.show.bar.in(title);
    case "away":
      return words.show.bar.rejoining(title);
    case "over":
      return words.show.bar.ended(title);
    case "gone":
      switch (presence.reason) {
        case "REMOVED":
          return words.show.bar.removed(title);
        case "LEFT":
          return words.show.bar.left(title);
        default:
          return words.show.bar.gone(title);
      }
  }
}
