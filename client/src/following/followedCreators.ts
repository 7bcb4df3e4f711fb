import { followsDocument } from "../../../functions/src/contract/follows.js";
import type { Backend } from "../backend/backend.js";
import { listedPeople } from "../backend/listedPeople.js";
import type { Observable } from "../observe/observable.js";
import { mapped } from "../observe/source.js";

/** The creators whom the signed-in person follows, the earliest first. All subscribers share one listener. */
export function followedCreators(backend: Backend): Observable<ReadonlySet<string>> {
  const follows = backend.mine((uid) =>
    backend.document(`users/${uid}/private/follows`, followsDocument),
  );
  return backend.observable(listedPeople(mapped(follows, (list) => list?.creatorUids ?? [])));
}
