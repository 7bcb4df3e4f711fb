import type { Feed } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useObservable, type Observation } from "@ambient/react";
import { placeOfCreator } from "../app/route.js";
import { useViewFocus } from "../app/useViewFocus.js";
import { FollowButton } from "../following/FollowButton.js";
import { EndShowButton } from "./EndShowButton.js";
import { ShowActions } from "./ShowActions.js";
import { Button } from "../ui/Button.js";
import { LiveBadge } from "../ui/LiveBadge.js";
import { useLiveShow } from "./ShowContext.js";
import { words } from "../words/words.js";

export function ShowHeader() {
  const { stay } = useSession();
  const { show } = useLiveShow();
  const { creator, creatorUid, description, hostUid, title } = useObservable(show.details).value;
  const { role, uid } = useObservable(show.me).value;
  const feed = useObservable(show.feed);
  const playback = useObservable(show.music.playback).value;
  const heading = useViewFocus(show.id);
  const mayEnd = role === "creator" || hostUid === uid;
  return (
    <header class="show-header">
      <div>
        <p class="show-facts">
          <LiveBadge />
          <span class="muted">{countText(feed)}</span>
        </p>
        <h1 ref={heading} tabIndex={-1} dir="auto">
          {title}
        </h1>
        <p class="muted">
          {words.common.with}{" "}
          <a href={placeOfCreator(creatorUid)} dir="auto">
            {creator.displayName}
          </a>
          {description !== "" && (
            <span class="show-description">
              . <bdi>{description}</bdi>
            </span>
          )}
        </p>
      </div>
      <div class="actions">
        <FollowButton uid={creatorUid} name={creator.displayName} />
        <ShowActions
          title={title}
          creatorUid={creatorUid}
          name={creator.displayName}
          showId={show.id}
          isMusicOn={playback?.mode === "music"}
        />
        {mayEnd && <EndShowButton />}
        {role !== "creator" && (
          <Button
            onClick={() => {
              void stay.leave();
            }}
          >
            {words.show.leave}
          </Button>
        )}
      </div>
    </header>
  );
}

function countText(feed: Observation<Feed | undefined>): string {
  if (feed.kind === "failed") return words.show.countUnknown;
  const audience = feed.kind === "known" ? feed.value?.audience : undefined;
  return audience ? words.count.tunedIn(audience.listeners) : words.show.counting;
}
