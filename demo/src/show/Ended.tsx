import type { EndReason, Show } from "@ambient/client";
import { ToDiscover } from "../app/ToDiscover.js";
import { Setlist } from "../music/Setlist.js";
import { SupportButton } from "../support/SupportButton.js";
import { NoticePage } from "../ui/Notice.js";
import { Summary } from "./Summary.js";

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
      title="Thank you for listening"
      below={<Setlist showId={show.id} />}
      actions={
        <>
          <ToDiscover />
          <SupportButton creatorUid={creatorUid} name={creator.displayName} showId={show.id} />
        </>
      }
    >
      <p>
        “{title}” is over.{" "}
        {endReason === "host_left"
          ? "The hosts left and did not come back."
          : endReason === "ended_by_admin"
            ? "An admin ended it."
            : `${creator.displayName} ended it.`}
      </p>
    </NoticePage>
  );
}
