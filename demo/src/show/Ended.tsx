import type { EndReason, Show } from "@ambient/client";
import { ToDiscover } from "../app/ToDiscover.js";
import { ReportButton } from "../audience/ReportButton.js";
import { Setlist } from "../music/Setlist.js";
import { SupportButton } from "../support/SupportButton.js";
import { NoticePage } from "../ui/Notice.js";
import { FollowButton } from "../following/FollowButton.js";
import { ShareButton } from "./ShareButton.js";
import { Summary } from "./Summary.js";
import { words } from "../words/words.js";

export function Ended({
  show,
  endReason,
}: {
  readonly show: Show;
  readonly endReason: EndReason | undefined;
}) {
  return show.me.current.role === "creator" ? (
    <Summary showId={show.id} title={show.details.current.title} />
  ) : (
    <Thanks show={show} endReason={endReason} />
  );
}

function Thanks({
  show,
  endReason,
}: {
  readonly show: Show;
  readonly endReason: EndReason | undefined;
}) {
  const { creator, creatorUid, title } = show.details.current;
  return (
    <NoticePage
      icon="moon"
      title={words.show.ended.thanks}
      below={<Setlist showId={show.id} />}
      actions={
        <>
          <ToDiscover />
          <FollowButton uid={creatorUid} name={creator.displayName} />
          <ShareButton showId={show.id} title={title} />
          <SupportButton creatorUid={creatorUid} name={creator.displayName} showId={show.id} />
          <ReportButton about={{ showId: show.id }} title={words.audience.reportShow} />
        </>
      }
    >
      <p>
        {words.show.ended.title(title)}.
        {endReason === "host_left" && ` ${words.show.ended.hostLeft}`}
        {endReason === "ended_by_admin" && ` ${words.show.ended.byAdmin}`}
      </p>
    </NoticePage>
  );
}
