import { refuse } from "../../control/readBody.js";
import { type Answer, empty } from "../../http/answer.js";
import type { State } from "../state.js";
import type { DevicesRequest } from "./requests.js";

/** Gives somebody other devices: those that he had and that are not among them vanish. */
export function connectDevices(state: State, { persona, devices }: DevicesRequest): Answer {
  const found = state.people.find(persona);
  if (found === undefined) return refuse("persona", "is nobody here");
  state.players.connect(found, devices);
  return empty(204);
}
