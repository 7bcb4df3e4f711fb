import { phoneOf } from "../../local/clientApp/ambient.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import type { SmokeSite } from "./smoke.js";

/** The suite of `npm start`, with two of its personas. */
export function localSite(endpoints: Endpoints): SmokeSite {
  const functionUrl = (name: string): string =>
    `http://${endpoints.functions}/${endpoints.projectId}/${endpoints.region}/${name}`;
  return {
    functionUrl,
    shareUrl: (showId) => `${functionUrl("share")}/s/${showId}`,
    people: {
      openHost: () => phoneOf(endpoints, "creator-cleo"),
      openGuest: () => phoneOf(endpoints, "listener-fay"),
    },
  };
}
