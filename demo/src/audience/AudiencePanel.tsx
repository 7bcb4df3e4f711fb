import { useLiveShow } from "../show/ShowContext.js";
import { roleText } from "../stage/PersonTile.js";
import { Avatar } from "../ui/Avatar.js";
import { useKeptFocus } from "../ui/useKeptFocus.js";
import { useChoosePerson } from "./choosePerson.js";
import { usePeople } from "./usePeople.js";

export function AudiencePanel() {
  const { show } = useLiveShow();
  const people = usePeople();
  const { area, heading } = useKeptFocus<HTMLUListElement>();
  const choosePerson = useChoosePerson();
  return (
    <section class="panel panel-people card" aria-labelledby="people">
      <h2 id="people" ref={heading} tabIndex={-1}>
        People <span class="count">{people.length}</span>
      </h2>
      <ul class="row-list people" ref={area}>
        {people.map(({ uid, displayName, role, invitedTo }) => (
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
                  {displayName}
                  {uid === show.uid && <span class="muted"> (you)</span>}
                </span>
              </span>
              <span class="muted small">{invitedTo ? "Invited" : roleText[role]}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
