import type { ShowDetails } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useAction } from "../ambient/useAction.js";
import { useSubscribable, valueOf } from "../ambient/useSubscribable.js";
import { useViewFocus } from "../app/useViewFocus.js";
import { Artwork } from "../music/Artwork.js";
import { RemindButton } from "../notifications/RemindButton.js";
import { Avatar } from "../ui/Avatar.js";
import { Button } from "../ui/Button.js";
import { momentText } from "../ui/format.js";
import { ShareButton } from "./ShareButton.js";
import { Refused } from "../ui/Notice.js";

/** Another creator's announced show. The page follows when it goes live. */
export function ComingUp({ details }: { readonly details: ShowDetails }) {
  const { ambient } = useSession();
  const { creator, creatorUid, description, id, scheduledFor, title } = details;
  const follows = useSubscribable(() => ambient.account.follows(creatorUid), [ambient, creatorUid]);
  const isFollowed = valueOf(follows, undefined);
  const { isPending, error, run } = useAction();
  const heading = useViewFocus(id);
  return (
    <article class="page page-narrow coming-up">
      <div class="coming-up-art">
        <Artwork seed={id} />
      </div>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p class="lead">{scheduledFor ? momentText(scheduledFor.toMillis()) : "Soon"}</p>
      <p class="show-card-person">
        <Avatar uid={creatorUid} name={creator.displayName} size={40} />
        <span>with {creator.displayName}</span>
      </p>
      {description !== "" && <p>{description}</p>}
      <p class="muted">Stay on this page: it opens by itself when the show starts.</p>
      <div class="actions">
        <RemindButton showId={id} />
        <ShareButton showId={id} title={title} />
        <Button
          kind={isFollowed === true ? "plain" : "primary"}
          isBusy={isPending}
          isDisabled={isFollowed === undefined}
          isOn={isFollowed ?? false}
          onClick={() => {
            const { account } = ambient;
            run(() => (isFollowed ? account.unfollow(creatorUid) : account.follow(creatorUid)));
          }}
        >
          {isFollowed === true
            ? `Unfollow ${creator.displayName}`
            : `Follow ${creator.displayName}`}
        </Button>
      </div>
      {follows.kind === "failed" && <Refused error={follows.error} />}
      <Refused error={error} />
    </article>
  );
}
