import type { Presence, Show } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useObservable } from "@ambient/react";
import { useAnnounce } from "../app/Announcer.js";
import { placeOfShow } from "../app/route.js";
import { Button } from "../ui/Button.js";

/** A link back to the current show, while the person looks at something else. */
export function ShowBar({ shownShowId }: { readonly shownShowId: string | undefined }) {
  const { stay } = useSession();
  const place = useObservable(stay.place).value;
  if (place.kind !== "in" || place.showId === shownShowId) return null;
  return <Bar show={place.show} presence={place.presence} />;
}

function Bar({ show, presence }: { readonly show: Show; readonly presence: Presence }) {
  const { stay } = useSession();
  const announce = useAnnounce();
  const { title } = useObservable(show.details).value;
  const { role } = useObservable(show.me).value;
  const isPresent = presence.kind === "present" || presence.kind === "away";
  return (
    <section class="show-bar" aria-label="The show you are in">
      <div class="show-bar-row">
        <p class="show-bar-text" role="status">
          {sentenceOf(presence, title)}
        </p>
        <div class="actions">
          <a class="button button-primary button-small" href={placeOfShow(show.id)}>
            <span>{isPresent ? "Back to the show" : "See more"}</span>
          </a>
          {/* Creators cannot leave, but end their show on its page. */}
          {!(isPresent && role === "creator") && (
            <Button
              isSmall
              onClick={() => {
                stay.quit();
                if (isPresent) announce(`You have left ${title}.`);
                // The button disappears, and would take the focus with it.
                document.getElementById("main")?.focus();
              }}
            >
              {isPresent ? "Leave" : "OK"}
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}

function sentenceOf(presence: Presence, title: string): string {
  switch (presence.kind) {
    case "present":
      return `In ${title}`;
    case "away":
      return `Returning to ${title}…`;
    case "over":
      return `${title} is over`;
    case "gone":
      switch (presence.reason) {
        case "REMOVED":
          return `You were removed from ${title}`;
        case "LEFT":
          return `You have left ${title}`;
        default:
          return `You are no longer in ${title}`;
      }
  }
}
