import { type Answer, parseFault } from "../../faults/faults.js";
import { empty, json, type SpotifyRequest, text } from "../http.js";
import type { State } from "../state.js";
import { changePersona } from "./changePersona.js";
import { ControlInputError, Input, required } from "../../faults/controlInput.js";

type Operation = (state: State, body: () => unknown) => Answer;

const done = empty(204);
const longestAdvanceMs = 10 * 366 * 86_400_000;

const operations = new Map<string, Operation>([
  [
    "POST /__control/faults",
    (state, body) => {
      state.faults.set(parseFault(body()));
      return done;
    },
  ],
  [
    "DELETE /__control/faults",
    (state) => {
      state.faults.clear();
      return done;
    },
  ],
  [
    "POST /__control/expire",
    (state, body) => {
      const input = new Input(body());
      const personaId = knownPersona(state, input);
      const what = input.oneOf("what", ["access", "refresh"]) ?? "access";
      input.end();
      if (what === "access") state.grants.expireAccessTokens(personaId);
      else state.grants.expireGrants(personaId);
      return done;
    },
  ],
  [
    "POST /__control/revoke",
    (state, body) => {
      const input = new Input(body());
      const personaId = knownPersona(state, input);
      input.end();
      state.grants.revoke(personaId);
      return done;
    },
  ],
  ["GET /__control/requests", (state) => json(200, state.log.all())],
  [
    "DELETE /__control/requests",
    (state) => {
      state.log.clear();
      return done;
    },
  ],
  [
    "POST /__control/clock",
    (state, body) => {
      const input = new Input(body());
      const advanceMs = required("advanceMs", input.integer("advanceMs", 0, longestAdvanceMs));
      input.end();
      state.clock.advance(advanceMs);
      return json(200, { now: state.clock.now() });
    },
  ],
  [
    "DELETE /__control/clock",
    (state) => {
      state.clock.reset();
      return json(200, { now: state.clock.now() });
    },
  ],
  ["POST /__control/personas", (state, body) => json(200, changePersona(state, new Input(body())))],
  [
    "POST /__control/mode",
    (state, body) => {
      const input = new Input(body());
      const quotaMode = input.oneOf("quotaMode", ["development", "extended"]);
      const rotateRefreshTokens = input.boolean("rotateRefreshTokens");
      input.end();
      if (rotateRefreshTokens === undefined) required("quotaMode", quotaMode);
      state.quotaMode = quotaMode ?? state.quotaMode;
      state.rotateRefreshTokens = rotateRefreshTokens ?? state.rotateRefreshTokens;
      return done;
    },
  ],
]);

/** `/__control/…`: what a test does to Spotify that no app could. */
export function control(state: State, request: SpotifyRequest): Answer {
  const operation = operations.get(`${request.method} ${request.path}`);
  if (operation === undefined) return text(404, "There is no such control operation");
  try {
    return operation(state, () => parseJson(request.body));
  } catch (error) {
    if (!(error instanceof ControlInputError)) throw error;
    return json(400, { error: { field: error.field, message: error.message } });
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new ControlInputError("body", "is no JSON");
  }
}

function knownPersona(state: State, input: Input): string {
  const id = required("persona", input.string("persona"));
  if (state.people.find(id) === undefined) {
    throw new ControlInputError("persona", "is nobody here");
  }
  return id;
}
