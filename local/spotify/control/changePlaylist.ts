import { refuse } from "../../control/readBody.js";
import { type Answer, empty } from "../../http/answer.js";
import type { Playlist } from "../catalogue/playlist.js";
import type { PlaylistChange } from "../catalogue/playlists.js";
import type { State } from "../state.js";
import type { PlaylistRequest } from "./requests.js";

/** Adds, changes or deletes a playlist, immediately or between two pages. */
export function changePlaylist(state: State, request: PlaylistRequest): Answer {
  const { id, deleted, afterPage, ...fields } = request;
  for (const field of ["owner", "collaborators", "followers"] as const) {
    const named = [fields[field] ?? []].flat();
    const stranger = named.find((persona) => state.people.find(persona) === undefined);
    if (stranger !== undefined) return refuse(field, `${stranger} is not a persona`);
  }
  const { owner } = { ...state.playlists.find(id), ...fields };
  if (owner === undefined) return refuse("owner", "is required for a new playlist");

  const change: PlaylistChange = (before) =>
    deleted === true ? null : { ...(before ?? blank(id, owner)), ...fields };
  if (afterPage === undefined) state.playlists.change(id, change);
  else state.playlists.changeAfter(afterPage, id, change);
  return empty(204);
}

function blank(id: string, owner: string): Playlist {
  return {
    id,
    name: id,
    description: "",
    owner,
    public: false,
    collaborators: [],
    followers: [],
    hasOwnCover: false,
    uris: [],
    version: 0,
  };
}
