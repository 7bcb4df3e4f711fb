import { type Answer, empty } from "../../http/answer.js";
import type { State } from "../state.js";
import type { TrackRequest } from "./requests.js";

/** Adds a track to the catalogue or changes some of its fields. */
export function changeTrack(state: State, change: TrackRequest): Answer {
  state.catalogue.put({
    name: change.id,
    artists: ["Somebody"],
    album: "Singles",
    durationMs: 180_000,
    explicit: false,
    markets: "everywhere",
    hasArtwork: true,
    ...state.catalogue.track(change.id),
    ...change,
  });
  return empty(204);
}
