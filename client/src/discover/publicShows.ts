import type { QueryDeclaration } from "../../../functions/src/contract/queries.js";
import { showDocument } from "../../../functions/src/contract/shows.js";
import type { Backend } from "../backend/backend.js";
import { listPage, type ListRequest, type Page } from "../backend/page.js";
import type { Observable } from "../observe/observable.js";
import type { ShowDetails } from "../shows/showDetails.js";

/** A live list of a declared query for public shows. */
export function publicShows(
  backend: Backend,
  declaration: QueryDeclaration,
  values: () => readonly unknown[],
  request: ListRequest,
): Observable<Page<ShowDetails>> {
  const shows = { path: "shows", schema: showDocument };
  return backend.whileSignedIn(listPage(backend, shows, declaration, values, request));
}
