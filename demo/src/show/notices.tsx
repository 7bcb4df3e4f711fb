import { messageFor, type AmbientReason, type Show, type ShowDetails } from "@ambient/client";
import { useObservable } from "@ambient/react";
import { placeOfShow } from "../app/route.js";
import { ToDiscover } from "../app/ToDiscover.js";
import { Setlist } from "../music/Setlist.js";
import { SupportButton } from "../support/SupportButton.js";
import { Button } from "../ui/Button.js";
import { NoticePage } from "../ui/Notice.js";

export function NotFound() {
  return (
    <NoticePage icon="close" title="There is no such show" actions={<ToDiscover />}>
      <p>{messageFor("SHOW_NOT_FOUND")} The link may be old, or a letter of it got lost.</p>
    </NoticePage>
  );
}

export function Cancelled({ details }: { readonly details: ShowDetails }) {
  return (
    <NoticePage icon="calendar" title={`${details.title} was cancelled`} actions={<ToDiscover />}>
      <p>{details.creator.displayName} took it off the calendar.</p>
    </NoticePage>
  );
}

export function Over({ details }: { readonly details: ShowDetails }) {
  const { creator, creatorUid, id } = details;
  return (
    <NoticePage
      icon="moon"
      title={`${details.title} is over`}
      below={<Setlist showId={details.id} />}
      actions={
        <>
          <ToDiscover />
          <SupportButton creatorUid={creatorUid} name={creator.displayName} showId={id} />
        </>
      }
    >
      <p>{details.creator.displayName} has ended it. Someone else may be on air.</p>
    </NoticePage>
  );
}

export function Banned() {
  return (
    <NoticePage icon="close" title="You cannot join this show" actions={<ToDiscover />}>
      <p>The hosts have banned you from this show. You can still join other shows.</p>
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
      title="You are on air"
      actions={
        <>
          <a class="button button-primary" href={placeOfShow(own.id)}>
            <span>Stay in my show</span>
          </a>
          <Button onClick={onLeave}>Leave it and join this one</Button>
        </>
      }
    >
      <p>You can only be in one show at a time. “{title}” would go on without you.</p>
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
        <NoticePage icon="close" title="You were removed" actions={<ToDiscover />}>
          <p>A host removed you from “{title}”. Voices, music and comments have stopped here.</p>
        </NoticePage>
      );
    case "LEFT":
      return (
        <NoticePage
          icon="back"
          title="You have left"
          actions={
            <>
              <Button kind="primary" onClick={onRejoin}>
                Come back
              </Button>
              <ToDiscover />
            </>
          }
        >
          <p>“{title}” goes on without you.</p>
        </NoticePage>
      );
    default:
      return (
        <NoticePage
          icon="close"
          title="You are no longer in the show"
          actions={
            <>
              <Button kind="primary" onClick={onRejoin}>
                Join again
              </Button>
              <ToDiscover />
            </>
          }
        >
          <p>{messageFor(reason)}</p>
        </NoticePage>
      );
  }
}
