import { type Answer, text } from "../../http/answer.js";
import type { Grant } from "../grants.js";
import type { HttpRequest } from "../../http/readRequest.js";
import type { Persona } from "../personas.js";
import type { State } from "../state.js";
import { apiError, noSuchService, unauthorized } from "./apiError.js";
import { bearerToken } from "./bearer.js";
import { libraryRoutes } from "./library.js";
import { playerRoutes } from "./player.js";
import { playlistRoutes } from "./playlists.js";
import { profileRoutes } from "./profile.js";
import { removedRoutes } from "./removed.js";
import { matchPath, type Route } from "./route.js";
import { searchRoutes } from "./search.js";
import { trackRoutes } from "./tracks.js";

/** The routes, one list per domain and file. */
const routes: readonly Route[] = [
  ...profileRoutes,
  ...playlistRoutes,
  ...trackRoutes,
  ...searchRoutes,
  ...playerRoutes,
  ...libraryRoutes,
  ...removedRoutes,
];

export function webApi(state: State, request: HttpRequest): Answer {
  // Spotify ignores a trailing slash, which some clients send.
  const path = request.path.replace(/\/$/, "");
  const onPath = routes.flatMap((route) => {
    const params = matchPath(route.path, path);
    return params === undefined ? [] : [{ route, params }];
  });
  if (onPath.length === 0) return noSuchService();
  const found = onPath.find(({ route }) => route.method === request.method);
  if (found === undefined) return apiError(405, "Method not allowed");
  const caller = admit(state, request);
  if ("refusal" in caller) return caller.refusal;
  return found.route.handle({
    state,
    request,
    persona: caller.persona,
    scopes: new Set(caller.grant.scope.split(" ")),
    params: found.params,
  });
}

function admit(
  state: State,
  request: HttpRequest,
): { persona: Persona; grant: Grant } | { refusal: Answer } {
  const token = bearerToken(request);
  if (token === null) {
    return {
      refusal:
        request.headers.authorization === undefined
          ? unauthorized("No token provided")
          : apiError(400, "Only valid bearer authentication supported"),
    };
  }
  const found = state.grants.accessToken(token);
  if (found === "unknown") return { refusal: unauthorized("Invalid access token") };
  if (found === "expired") return { refusal: unauthorized("The access token expired") };
  const persona = state.people.find(found.valid.personaId);
  if (persona === undefined) return { refusal: unauthorized("Invalid access token") };
  return persona.allowed ? { persona, grant: found.valid } : { refusal: text(403, notAllowed) };
}

// Spotify sends this error as plain text. A client that parses only JSON errors must survive it.
const notAllowed =
  "The user is not registered for this application. Please check your settings on https://developer.spotify.com/dashboard.";
