import type { AmbientReason, Show, ShowDetails } from "@ambient/client";
import { useObservable } from "@ambient/react";
import { placeOfShow } from "../app/route.js";
import { ToDiscover } from "../app/ToDiscover.js";
import { ReportButton } from "../audience/ReportButton.js";
import { FollowButton } from "../following/FollowButton.js";
import { Setlist } from "../music/Setlist.js";
import { SupportButton } from "../support/SupportButton.js";
import { Button } from "../ui/Button.js";
import { NoticePage } from "../ui/Notice.js";
import { ShareButton } from "./ShareButton.js";
import { messageOf, words } from "../words/words.js";

export function NotFound() {
  return (
    <NoticePage icon="close" title={words.show.missing} actions={<ToDiscover />}>
      <p>{words.show.missingHint}</p>
    </NoticePage>
  );
}

export function Cancelled({ details }: { readonly details: ShowDetails }) {
  return (
    <NoticePage
      icon="calendar"
      title={words.show.cancelled(details.title)}
      actions={
        <>
          <ToDiscover />
          <FollowButton uid={details.creatorUid} name={details.creator.displayName} />
        </>
      }
    >
      <p>{words.show.cancelledBy(details.creator.displayName)}</p>
    </NoticePage>
  );
}

export function Over({ details }: { readonly details: ShowDetails }) {
  const { creator, creatorUid, id } = details;
  return (
    <NoticePage
      icon="moon"
      title={words.show.ended.title(details.title)}
      below={<Setlist showId={details.id} />}
      actions={
        <>
          <ToDiscover />
          <FollowButton uid={creatorUid} name={creator.displayName} />
          <ShareButton showId={id} title={details.title} />
          <SupportButton creatorUid={creatorUid} name={creator.displayName} showId={id} />
          <ReportButton about={{ showId: id }} title={words.audience.reportShow} />
        </>
      }
    >
      <p>{words.show.ended.by(details.creator.displayName)}</p>
    </NoticePage>
  );
}

export function Banned() {
  return (
    <NoticePage icon="close" title={words.show.banned} actions={<ToDiscover />}>
      <p>{words.show.bannedHint}</p>
    </NoticePage>
  );
}

/** For the creator of another live show, who would leave it by joining this one. */
export function OnAirAlready({
  own,
  onLeave,
}: {
  readonly own: Show;
  readonly onLeave: () => void;
}) {
  const { title } = useObservable(own.details).value;
  return (
    <NoticePage
      icon="microphone"
      title={words.show.alreadyLive}
      actions={
        <>
          <a class="button button-primary" href={placeOfShow(own.id)}>
            <span>{words.show.stay}</span>
          </a>
          <Button onClick={onLeave}>{words.show.leaveAndJoin}</Button>
        </>
      }
    >
      <p>{words.show.alreadyLiveHint(title)}</p>
    </NoticePage>
  );
}

/** Shown when the person is no longer in the show. */
export function Gone({
  reason,
  title,
  onRejoin,
}: {
  readonly reason: AmbientReason;
  readonly title: string;
  readonly onRejoin: () => void;
}) {
  switch (reason) {
    case "REMOVED":
      return (
        <NoticePage icon="close" title={words.show.removed} actions={<ToDiscover />}>
          <p>{words.show.removedHint(title)}</p>
        </NoticePage>
      );
    case "LEFT":
      return (
        <NoticePage
          icon="back"
          title={words.show.left}
          actions={
            <>
              <Button kind="primary" onClick={onRejoin}>
                {words.show.rejoin}
              </Button>
              <ToDiscover isMain={false} />
            </>
          }
        >
          <p>{words.show.leftHint(title)}</p>
        </NoticePage>
      );
    default:
      return (
        <NoticePage
          icon="close"
          title={words.show.gone}
          actions={
            <>
              <Button kind="primary" onClick={onRejoin}>
                {words.show.rejoin}
              </Button>
              <ToDiscover isMain={false} />
            </>
          }
        >
          <p>{messageOf(reason)}</p>
        </NoticePage>
      );
  }
}
