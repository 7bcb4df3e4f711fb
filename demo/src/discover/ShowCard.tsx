import type { ShowDetails } from "@ambient/client";
import { placeOfShow } from "../app/route.js";
import { Artwork } from "../music/Artwork.js";
import { Avatar } from "../ui/Avatar.js";
import { counted, momentText } from "../ui/format.js";
import { LiveBadge } from "../ui/LiveBadge.js";

/** A show in a list. The whole card is a link. */
export function ShowCard({ show }: { readonly show: ShowDetails }) {
  const { audience, creator, creatorUid, description, id, playlist, scheduledFor, status } = show;
  return (
    <a class="show-card" href={placeOfShow(id)}>
      <span class="show-card-art">
        <Artwork seed={id} />
        {status === "live" && <LiveBadge />}
      </span>
      <span class="show-card-body">
        <span class="show-card-title">{show.title}</span>
        {description !== "" && <span class="muted show-card-description">{description}</span>}
        <span class="show-card-person">
          <Avatar uid={creatorUid} name={creator.displayName} size={26} />
          <span>{creator.displayName}</span>
        </span>
        <span class="muted small show-card-facts">
          {status === "live" && audience && <span>{counted(audience.listeners, "listener")}</span>}
          {status === "scheduled" && scheduledFor && (
            <span>{momentText(scheduledFor.toMillis())}</span>
          )}
          {playlist && <span>{counted(playlist.trackCount, "track")}</span>}
        </span>
      </span>
    </a>
  );
}
