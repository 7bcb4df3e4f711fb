import { randomBytes } from "node:crypto";

import type { Persona } from "../personas.js";
import type { State } from "../state.js";
import { ControlInputError, type Input, required } from "../../faults/controlInput.js";

/** Adds a persona or changes some of his fields. */
export function changePersona(state: State, input: Input): Persona {
  const id = required("id", input.string("id"));
  if (!/^[a-z0-9][a-z0-9-]*$/.test(id)) {
    throw new ControlInputError("id", "must be lower-case letters, digits and hyphens");
  }
  const before = state.people.find(id) ?? newcomer(id);
  const accountId = input.stringOrNull("accountId");
  const displayName = input.stringOrNull("displayName");
  const imageUrl = input.stringOrNull("imageUrl");
  const email = input.stringOrNull("email");
  const after: Persona = {
    id,
    accountId: accountId === undefined ? before.accountId : accountId,
    spotifyId: input.string("spotifyId") ?? before.spotifyId,
    displayName: displayName === undefined ? before.displayName : displayName,
    imageUrl: imageUrl === undefined ? before.imageUrl : imageUrl,
    product: input.oneOf("product", ["free", "premium"]) ?? before.product,
    email: email === undefined ? before.email : email,
    country: input.string("country") ?? before.country,
    allowed: input.boolean("allowed") ?? before.allowed,
  };
  input.end();
  refuseTwins(state, after);
  state.people.put(after);
  return after;
}

function newcomer(id: string): Persona {
  return {
    id,
    accountId: randomBytes(11).toString("hex"),
    spotifyId: id,
    displayName: id,
    imageUrl: null,
    product: "premium",
    email: null,
    country: "US",
    allowed: true,
  };
}

/** Two accounts with one identity would make a test pass or fail for a reason nobody sees. */
function refuseTwins(state: State, persona: Persona): void {
  for (const other of state.people.all()) {
    if (other.id === persona.id) continue;
    if (other.spotifyId === persona.spotifyId) {
      throw new ControlInputError("spotifyId", `is that of ${other.id}`);
    }
    if (other.accountId !== null && other.accountId === persona.accountId) {
      throw new ControlInputError("accountId", `is that of ${other.id}`);
    }
  }
}
