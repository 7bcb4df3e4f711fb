import type { ResponseOf } from "@ambient/client";
import { useCallback, useEffect, useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction } from "../ambient/useAction.js";
import { MoreButton } from "../ui/MoreButton.js";
import { Refused, Skeleton } from "../ui/Notice.js";
import { PersonLink } from "./PersonLink.js";

type Listed = ResponseOf<"listFollowers">;

/** Who follows the person. Others only see how many they are. */
export function Followers() {
  const { ambient } = useSession();
  const [listed, setListed] = useState<Listed>();
  const { error, run } = useAction();
  const load = useCallback(
    (cursor?: string) => {
      run(async () => {
        const page = await ambient.follows.followers(cursor === undefined ? {} : { cursor });
        setListed((before) => ({
          ...page,
          followers: [...(before?.followers ?? []), ...page.followers],
        }));
      });
    },
    [ambient, run],
  );
  useEffect(() => {
    load();
  }, [load]);
  const cursor = listed?.cursor ?? null;
  return (
    <section class="card" aria-labelledby="followers">
      <h2 id="followers">Your followers</h2>
      {!listed && !error && <Skeleton rows={1} label="Loading your followers" />}
      {listed?.followers.length === 0 && <p>Nobody follows you yet.</p>}
      <ul class="row-list">
        {listed?.followers.map(({ uid, displayName }) => (
          <li key={uid}>
            <PersonLink uid={uid} name={displayName} />
          </li>
        ))}
      </ul>
      <MoreButton
        what="your followers"
        pages={{
          more:
            cursor === null
              ? undefined
              : () => {
                  load(cursor);
                },
        }}
      />
      <Refused error={error} />
    </section>
  );
}
