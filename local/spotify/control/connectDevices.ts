import { refuse } from "../../control/readBody.js";
import { type Answer, empty } from "../../http/answer.js";
import type { State } from "../state.js";
import type { DevicesRequest } from "./requests.js";

/** Replaces a user's devices; those that are not listed disappear. */
export function connectDevices(state: State, { persona, devices }: DevicesRequest): Answer {
  const found = state.people.find(persona);
  if (found === undefined) return refuse("persona", "is not a persona");
  state.players.connect(found, devices);
  return empty(204);
}
