import { followsDocument } from "../../../functions/src/contract/follows.js";
import type { Backend } from "../backend/backend.js";
import { listedPeople } from "../backend/listedPeople.js";
import { shared } from "../observe/shared.js";
import { mapped, type Subscribable } from "../observe/subscribable.js";

/** The creators whom the signed-in person follows, the earliest first. All subscribers share one listener. */
export function followedCreators(backend: Backend): Subscribable<ReadonlySet<string>> {
  const follows = backend.mine((uid) =>
    backend.document(`users/${uid}/private/follows`, followsDocument),
  );
  return shared(listedPeople(mapped(follows, (list) => list?.creatorUids ?? [])));
}
