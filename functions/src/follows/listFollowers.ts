import { Timestamp, type Firestore } from "firebase-admin/firestore";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import { followRef, hiddenRef, userRef } from "../collections.js";
import { personId } from "../contract/fields.js";
import type { Follower, listFollowers as contract } from "../contract/follows.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { invalidArgument } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { selectEverywhere } from "../queries.js";

const PAGE = 30;

/**
 * Who follows the caller, page by page. People whom a block hides are left out, and so are those without a profile, whose
 * deletion is pending.
 */
export async function listFollowers(
  { firestore: db }: Pick<Dependencies, "firestore">,
  { uid }: Pick<Caller, "uid">,
  { cursor, limit = PAGE }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const after = cursor === undefined ? undefined : parseCursor(cursor);
  const all = selectEverywhere(db, queries.newestFollowersOf, uid);
  const query = after ? all.startAfter(after.createdAt, followRef(db, after.uid, uid)) : all;
  const [{ docs }, hidden] = await Promise.all([
    // One more, to learn whether there is another page.
    query.limit(limit + 1).get(),
    hiddenRef(db, uid).get(),
  ]);
  const hiddenUids = new Set(hidden.data()?.uids);
  const follows = docs.slice(0, limit).flatMap((follow) => {
    const followerUid = follow.ref.parent.parent?.id;
    const createdAt: unknown = follow.get("createdAt");
    if (followerUid === undefined || !(createdAt instanceof Timestamp)) return [];
    return [{ uid: followerUid, createdAt }];
  });
  const last = follows.at(-1);
  return {
    followers: await cardsOf(
      db,
      follows.filter((follow) => !hiddenUids.has(follow.uid)),
    ),
    cursor: docs.length > limit && last ? cursorOf(last) : null,
  };
}

interface Follow {
  readonly uid: string;
  readonly createdAt: Timestamp;
}

function cursorOf({ uid, createdAt: { seconds, nanoseconds } }: Follow): string {
  return `${seconds}.${nanoseconds}.${uid}`;
}

/** Where the previous page ended. The next one starts there even if that person has since unfollowed. */
function parseCursor(cursor: string): Follow {
  const [, seconds, nanoseconds, person] = /^(\d{1,11})\.(\d{1,9})\.(.+)$/.exec(cursor) ?? [];
  const uid = personId.safeParse(person);
  if (!uid.success) {
    throw invalidArgument("cursor", "must be the cursor of an earlier page");
  }
  return { uid: uid.data, createdAt: new Timestamp(Number(seconds), Number(nanoseconds)) };
}

async function cardsOf(db: Firestore, follows: readonly Follow[]): Promise<Follower[]> {
  if (follows.length === 0) return [];
  const profiles = await readTogether(db, ...follows.map(({ uid }) => userRef(db, uid)));
  return profiles.flatMap((profile, index) => {
    const data = profile.data();
    const follow = follows[index];
    if (!data || !follow) return [];
    const { displayName, photoUrl } = data;
    return [{ uid: follow.uid, displayName, photoUrl, followedAt: follow.createdAt.toMillis() }];
  });
}
