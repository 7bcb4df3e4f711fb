import { useSession } from "../ambient/context.js";
import { useAction, usePages } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { PeopleSection } from "../ui/PeopleSection.js";
import { PersonRow, useNameOf } from "../ui/PersonRow.js";
import { words } from "../words/words.js";

/** The people this person follows, with buttons to mute and to unfollow. */
export function FollowedPeople() {
  const { ambient, uid } = useSession();
  const follows = usePages((request) => ambient.follows.list(request), [ambient, uid]);
  return (
    <PeopleSection
      title={words.following.followed}
      nothing={words.following.followsNobody}
      pages={follows}
      row={({ id, muted = false }) => <FollowedPerson key={id} uid={id} isMuted={muted} />}
    />
  );
}

function FollowedPerson({ uid, isMuted }: { readonly uid: string; readonly isMuted: boolean }) {
  const { follows } = useSession().ambient;
  const action = useAction();
  const { isPending, run } = action;
  const name = useNameOf(uid);
  return (
    <PersonRow uid={uid} name={name} hasPage action={action}>
      <Button
        isSmall
        kind="quiet"
        isBusy={isPending}
        label={isMuted ? words.following.notifyAbout(name) : words.following.mutePerson(name)}
        onClick={() => {
          run(() => (isMuted ? follows.unmute(uid) : follows.mute(uid)));
        }}
      >
        {isMuted ? words.following.notify : words.following.mute}
      </Button>
      <Button
        isSmall
        isBusy={isPending}
        label={words.following.unfollowPerson(name)}
        onClick={() => {
          run(() => follows.unfollow(uid));
        }}
      >
        {words.following.unfollow}
      </Button>
    </PersonRow>
  );
}
