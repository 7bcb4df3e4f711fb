import type { Follow } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useAction } from "../ambient/useAction.js";
import { usePages } from "../ambient/usePages.js";
import { useSubscribable, valueOf } from "../ambient/useSubscribable.js";
import { Button } from "../ui/Button.js";
import { MoreButton } from "../ui/MoreButton.js";
import { Refused, Skeleton } from "../ui/Notice.js";
import { useKeptFocus } from "../ui/useKeptFocus.js";
import { PersonLink } from "./PersonLink.js";

/** Whom the person follows, with buttons to mute and to unfollow. */
export function FollowedPeople() {
  const { ambient, uid } = useSession();
  const follows = usePages<Follow>((page) => ambient.follows.list(page), [ambient, uid]);
  const { area } = useKeptFocus<HTMLElement>();
  return (
    <section class="card" aria-labelledby="followed" ref={area} tabIndex={-1}>
      <h2 id="followed">People you follow</h2>
      {follows.isLoading && <Skeleton rows={1} label="Loading the people you follow" />}
      <Refused error={follows.error} />
      {follows.items?.length === 0 && <p>You do not follow anyone.</p>}
      <ul class="row-list">
        {follows.items?.map((follow) => (
          <FollowedPerson key={follow.id} uid={follow.id} isMuted={follow.muted === true} />
        ))}
      </ul>
      <MoreButton what="people you follow" pages={follows} />
    </section>
  );
}

function FollowedPerson({ uid, isMuted }: { readonly uid: string; readonly isMuted: boolean }) {
  const { ambient } = useSession();
  const profile = valueOf(
    useSubscribable(() => ambient.account.profile(uid), [ambient, uid]),
    undefined,
  );
  const { isPending, error, run, dismiss } = useAction();
  const name = profile?.displayName ?? "Someone";
  return (
    <li>
      <div class="ban">
        <PersonLink uid={uid} name={name} />
        <span class="row-actions">
          <Button
            isSmall
            kind="quiet"
            isBusy={isPending}
            label={`${isMuted ? "Notify me about" : "Mute"} ${name}`}
            onClick={() => {
              run(() => ambient.follows.mute(uid, !isMuted));
            }}
          >
            {isMuted ? "Notify me" : "Mute"}
          </Button>
          <Button
            isSmall
            isBusy={isPending}
            label={`Unfollow ${name}`}
            onClick={() => {
              run(() => ambient.follows.unfollow(uid));
            }}
          >
            Unfollow
          </Button>
        </span>
      </div>
      <Refused error={error} onDismiss={dismiss} />
    </li>
  );
}
