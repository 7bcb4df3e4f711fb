import type { Ambient } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useAction, useObservable } from "@ambient/react";
import { useChoice } from "../ambient/useChoice.js";
import { Button } from "../ui/Button.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

interface Followed {
  readonly uid: string;
  readonly name: string;
}

/** Follows or unfollows a person. Nobody sees it beside their own name. */
export function FollowButton({
  uid,
  name,
  isMain = false,
}: Followed & {
  /** The first thing to do in the view. */
  readonly isMain?: boolean;
}) {
  const session = useSession();
  const { ambient } = session;
  const known = useObservable(ambient.follows.isFollowing(uid));
  if (uid === session.uid) return null;
  return (
    <>
      <Toggle uid={uid} name={name} isFollowed={known.value} isMain={isMain} />
      {known.kind === "failed" && <Refused error={known.error} />}
    </>
  );
}

/** The same for a list, whose buttons share one read. A follow appears in it only after some seconds. */
export function FollowInList({ uid, name }: Followed) {
  const session = useSession();
  const { ambient } = session;
  const known = useObservable(ambient.follows.uids);
  const [isFollowed, choose] = useChoice(known.value?.has(uid));
  if (uid === session.uid) return null;
  return <Toggle uid={uid} name={name} isFollowed={isFollowed} isSmall onDone={choose} />;
}

function Toggle({
  uid,
  name,
  isFollowed,
  isMain = false,
  isSmall = false,
  onDone,
}: Followed & {
  readonly isFollowed: boolean | undefined;
  readonly isMain?: boolean;
  readonly isSmall?: boolean;
  readonly onDone?: (isFollowed: boolean) => void;
}) {
  const { ambient } = useSession();
  const { isPending, error, run } = useAction();
  const [text, label] =
    isFollowed === true
      ? [words.following.unfollow, words.following.unfollowPerson(name)]
      : [words.following.follow, words.following.followPerson(name)];
  return (
    <>
      <Button
        kind={isMain && isFollowed !== true ? "primary" : "plain"}
        isBusy={isPending}
        isDisabled={isFollowed === undefined}
        isOn={isFollowed ?? false}
        isSmall={isSmall}
        label={label}
        onClick={() => {
          run(async () => {
            await change(ambient, uid, isFollowed !== true);
            onDone?.(isFollowed !== true);
          });
        }}
      >
        {text}
      </Button>
      <Refused error={error} />
    </>
  );
}

function change({ follows }: Ambient, uid: string, isFollowed: boolean): Promise<void> {
  return isFollowed ? follows.follow(uid) : follows.unfollow(uid);
}
