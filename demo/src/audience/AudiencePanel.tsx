import { useState } from "preact/hooks";
import { useLiveShow } from "../show/ShowContext.js";
import { roleText } from "../stage/PersonTile.js";
import { Avatar } from "../ui/Avatar.js";
import { PersonDialog } from "./PersonDialog.js";
import { usePeople } from "./usePeople.js";

export function AudiencePanel() {
  const { show } = useLiveShow();
  const people = usePeople();
  const [chosen, setChosen] = useState<string>();
  return (
    <section class="panel panel-people card" aria-labelledby="people">
      <h2 id="people">
        People <span class="count">{people.length}</span>
      </h2>
      <ul class="row-list people">
        {people.map(({ uid, displayName, role, invitedTo }) => (
          <li key={uid}>
            <button
              type="button"
              class="row-link"
              data-uid={uid}
              onClick={() => {
                setChosen(uid);
              }}
            >
              <span class="row-person">
                <Avatar uid={uid} name={displayName} size={34} />
                <span class="row-title">
                  {displayName}
                  {uid === show.uid && <span class="muted"> (you)</span>}
                </span>
              </span>
              <span class="muted small">{invitedTo ? "Invited" : roleText[role]}</span>
            </button>
          </li>
        ))}
      </ul>
      {chosen !== undefined && (
        <PersonDialog
          uid={chosen}
          onClose={() => {
            setChosen(undefined);
          }}
        />
      )}
    </section>
  );
}
