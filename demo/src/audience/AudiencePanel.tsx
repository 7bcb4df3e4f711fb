import { useState } from "preact/hooks";
import { useLiveShow } from "../show/ShowContext.js";
import { useIsHost } from "../show/useIsHost.js";
import { Avatar } from "../ui/Avatar.js";
import { Button } from "../ui/Button.js";
import { Refused, Skeleton } from "../ui/Notice.js";
import { useKeptFocus } from "../ui/useKeptFocus.js";
import { useRovingFocus } from "../ui/useRovingFocus.js";
import { BansDialog } from "./BansDialog.js";
import { BeyondTheList } from "./BeyondTheList.js";
import { useChoosePerson } from "./choosePerson.js";
import { usePeople } from "./usePeople.js";
import { words } from "../words/words.js";

export function AudiencePanel() {
  const { show } = useLiveShow();
  const { people, listed, hasMore } = usePeople();
  const { area, heading } = useKeptFocus<HTMLUListElement>();
  useRovingFocus(area);
  const choosePerson = useChoosePerson();
  const [isSeeingBans, setSeeingBans] = useState(false);
  const isHost = useIsHost(show);
  return (
    <section class="panel panel-people card" aria-labelledby="people">
      <div class="card-head">
        <h2 id="people" ref={heading} tabIndex={-1}>
          {words.audience.people}{" "}
          {people.kind === "known" && (
            <span class="count">{hasMore ? `${listed.length}+` : listed.length}</span>
          )}
        </h2>
        {isHost && (
          <Button
            kind="quiet"
            isSmall
            onClick={() => {
              setSeeingBans(true);
            }}
          >
            {words.audience.bans}
          </Button>
        )}
      </div>
      {people.kind === "loading" && <Skeleton rows={4} />}
      {people.kind === "failed" && <Refused error={people.error} />}
      {hasMore && <BeyondTheList listed={listed.length} />}
      <ul class="row-list people" ref={area}>
        {listed.map(({ uid, displayName, role, invitedTo }) => (
          <li key={uid}>
            <button
              type="button"
              class="row-link"
              data-uid={uid}
              onClick={() => {
                choosePerson(uid);
              }}
            >
              <span class="row-person">
                <Avatar uid={uid} name={displayName} size={34} />
                <span class="row-title">
                  <bdi>{displayName}</bdi>
                  {uid === show.uid && <span class="muted"> {words.audience.you}</span>}
                </span>
              </span>
              <span class="muted small">
                {invitedTo ? words.audience.invited : words.stage.role[role]}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {isHost && isSeeingBans && (
        <BansDialog
          onClose={() => {
            setSeeingBans(false);
          }}
        />
      )}
    </section>
  );
}
