import type { ShowDetails } from "@ambient/client";
import { placeOfCreator } from "../app/route.js";
import { useViewFocus } from "../app/useViewFocus.js";
import { ReportButton } from "../audience/ReportButton.js";
import { Artwork } from "../music/Artwork.js";
import { RemindButton } from "../notifications/RemindButton.js";
import { Avatar } from "../ui/Avatar.js";
import { FollowButton } from "../following/FollowButton.js";
import { momentText } from "../ui/format.js";
import { ShareButton } from "./ShareButton.js";
import { words } from "../words/words.js";

/** Another creator's announced show. The page follows when it goes live. */
export function ComingUp({ details }: { readonly details: ShowDetails }) {
  const { creator, creatorUid, description, id, scheduledFor, title } = details;
  const heading = useViewFocus(id);
  return (
    <article class="page page-narrow coming-up">
      <div class="coming-up-art">
        <Artwork seed={id} />
      </div>
      <h1 ref={heading} tabIndex={-1} dir="auto">
        {title}
      </h1>
      <p class="lead">
        {scheduledFor ? momentText(scheduledFor.toMillis()) : words.show.comingUp.soon}
      </p>
      <p class="show-card-person">
        <Avatar uid={creatorUid} name={creator.displayName} size={40} />
        <span>
          {words.common.with}{" "}
          <a href={placeOfCreator(creatorUid)} dir="auto">
            {creator.displayName}
          </a>
        </span>
      </p>
      {description !== "" && <p dir="auto">{description}</p>}
      <p class="muted">{words.show.comingUp.stay}</p>
      <div class="actions">
        <RemindButton showId={id} />
        <FollowButton uid={creatorUid} name={creator.displayName} />
        <ShareButton showId={id} title={title} />
        <ReportButton about={{ showId: id }} title={words.audience.reportShow} />
      </div>
    </article>
  );
}
