import { phoneOf } from "../../local/clientApp/ambient.js";
import { functionUrl, type Endpoints } from "../../local/suite/endpoints.js";
import type { SmokeSite } from "./smoke.js";

/** The suite of `npm start`, with two of its personas. */
export function localSite(endpoints: Endpoints): SmokeSite {
  return {
    functionUrl: (name) => functionUrl(endpoints, name),
    shareUrl: (showId) => functionUrl(endpoints, `share/s/${showId}`),
    people: {
      openHost: () => phoneOf(endpoints, "creator-cleo"),
      openGuest: () => phoneOf(endpoints, "listener-fay"),
    },
  };
}
