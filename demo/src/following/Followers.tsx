import type { Follower } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useFetchedPages } from "@ambient/react";
import { PeopleSection } from "../ui/PeopleSection.js";
import { PersonRow } from "../ui/PersonRow.js";
import { words } from "../words/words.js";

/** Who follows the person. Everyone else sees only the count. */
export function Followers() {
  const { ambient, uid } = useSession();
  const followers = useFetchedPages<Follower, string>(
    (after) => ambient.follows.followers({ after }),
    [ambient, uid],
  );
  return (
    <PeopleSection
      title={words.following.followers}
      nothing={words.following.noFollowers}
      pages={followers}
      row={(follower) => (
        <PersonRow key={follower.uid} uid={follower.uid} name={follower.displayName} hasPage />
      )}
    />
  );
}
