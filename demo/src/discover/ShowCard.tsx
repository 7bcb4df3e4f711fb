import type { ShowDetails } from "@ambient/client";
import { placeOfCreator, placeOfShow } from "../app/route.js";
import { FollowInList } from "../following/FollowButton.js";
import { Artwork } from "../music/Artwork.js";
import { Avatar } from "../ui/Avatar.js";
import { momentText } from "../ui/format.js";
import { LiveBadge } from "../ui/LiveBadge.js";
import { words } from "../words/words.js";

/** A show in a list. The title's link covers the card; the creator's name and the button lie above it. */
export function ShowCard({ show }: { readonly show: ShowDetails }) {
  const { audience, creator, creatorUid, description, id, playlist, scheduledFor, status } = show;
  const { startedAt, tags = [] } = show;
  const name = creator.displayName;
  return (
    <article class="show-card">
      <span class="show-card-art">
        <Artwork seed={id} />
        {status === "live" && <LiveBadge />}
      </span>
      <div class="show-card-body">
        <a class="show-card-title" href={placeOfShow(id)} dir="auto">
          {show.title}
        </a>
        {description !== "" && (
          <span class="muted show-card-description" dir="auto">
            {description}
          </span>
        )}
        <span class="muted small show-card-facts">
          {status === "live" && audience && <span>{words.count.tunedIn(audience.listeners)}</span>}
          {status === "scheduled" && scheduledFor && (
            <span>{momentText(scheduledFor.toMillis())}</span>
          )}
          {status === "ended" && startedAt && <span>{momentText(startedAt.toMillis())}</span>}
          {playlist && <span>{words.count.tracks(playlist.trackCount)}</span>}
          {tags.map((tag) => (
            <span key={tag} class="tag">
              {tag}
            </span>
          ))}
        </span>
        <span class="show-card-person">
          <Avatar uid={creatorUid} name={name} size={26} />
          <a href={placeOfCreator(creatorUid)} dir="auto">
            {name}
          </a>
          <FollowInList uid={creatorUid} name={name} />
        </span>
      </div>
    </article>
  );
}
