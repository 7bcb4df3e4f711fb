import type { ParticipantState } from "../../functions/src/contract/audience.js";
import type { Role } from "../../functions/src/contract/role.js";
import type { ShowStatus } from "../../functions/src/contract/shows.js";
import type { Invitation, SpeakRequestDocument } from "../../functions/src/contract/stage.js";

/** Ada creates both shows. The others come, speak, host and leave. */
export const people = ["ada", "ben", "cleo", "dan", "eve"] as const;
export type Name = (typeof people)[number];
export const creator: Name = "ada";

export const showNames = ["first", "second"] as const;
export type ShowName = (typeof showNames)[number];

/** The shows' `maxSpeakers`. */
export const SEATS = 2;

export interface StagePlace {
  readonly state: ParticipantState;
  readonly role: Role;
  readonly invitedTo: Invitation | null;
}

/** Everything that a show stores about one person. */
export interface Part {
  readonly place: StagePlace | null;
  readonly request: SpeakRequestDocument["status"] | null;
  readonly isBanned: boolean;
  readonly visibleComments: number;
  readonly hiddenComments: number;
  readonly reactions: number;
}

export interface ShowState {
  /** A deleted creator's drafts are gone. */
  readonly status: ShowStatus | "gone";
  readonly mode: "talk" | "music";
  readonly hostUid: Name;
  readonly parts: Readonly<Record<Name, Part>>;
}

export interface Block {
  readonly by: Name;
  readonly of: Name;
}

/** The model: what Firestore says about two shows and five people once all work is done. */
export interface World {
  readonly shows: Readonly<Record<ShowName, ShowState>>;
  /** In alphabetical order. */
  readonly blocks: readonly Block[];
  readonly deleted: readonly Name[];
  /** Cents that people have paid to the creator. */
  readonly paid: number;
}

export const strangerPart: Part = {
  place: null,
  request: null,
  isBanned: false,
  visibleComments: 0,
  hiddenComments: 0,
  reactions: 0,
};

export const draft: ShowState = {
  status: "draft",
  mode: "talk",
  hostUid: creator,
  parts: {
    ada: strangerPart,
    ben: strangerPart,
    cleo: strangerPart,
    dan: strangerPart,
    eve: strangerPart,
  },
};

export const newWorld: World = {
  shows: { first: draft, second: draft },
  blocks: [],
  deleted: [],
  paid: 0,
};

export function isPresent(part: Part): part is Part & { readonly place: StagePlace } {
  return part.place?.state === "present";
}

export function isOnStage({ place }: Part): boolean {
  return place?.state === "present" && place.role !== "listener";
}

export function seatsTaken({ parts }: ShowState): number {
  return people.filter((name) => isPresent(parts[name]) && parts[name].place.role === "speaker")
    .length;
}

export function withShow(world: World, show: ShowName, changes: Partial<ShowState>): World {
  return { ...world, shows: { ...world.shows, [show]: { ...world.shows[show], ...changes } } };
}

export function withPart(world: World, show: ShowName, name: Name, changes: Partial<Part>): World {
  const { parts } = world.shows[show];
  return withShow(world, show, { parts: { ...parts, [name]: { ...parts[name], ...changes } } });
}

/**
 * Puts a person in another place. A pending request is cancelled unless the person keeps listening without an invitation;
 * an accepted one lasts as long as the role it gave.
 */
export function withPlace(world: World, show: ShowName, name: Name, place: StagePlace): World {
  const { request } = world.shows[show].parts[name];
  const isListening =
    place.state === "present" && place.role === "listener" && place.invitedTo === null;
  const isSpeaking = place.state === "present" && place.role !== "listener";
  const isOver = (request === "pending" && !isListening) || (request === "accepted" && !isSpeaking);
  return withPart(world, show, name, { place, ...(isOver && { request: "cancelled" as const }) });
}

/** An absent person keeps their role only if they are lost, or are the creator and left. */
export function withAbsence(
  world: World,
  show: ShowName,
  name: Name,
  state: Exclude<ParticipantState, "present">,
): World {
  const role = world.shows[show].parts[name].place?.role ?? "listener";
  const keepsRole = state === "lost" || (role === "creator" && state === "left");
  return withPlace(world, show, name, {
    state,
    role: keepsRole ? role : "listener",
    invitedTo: null,
  });
}

export function areSeparated({ blocks }: World, one: Name, other: Name): boolean {
  return blocks.some(({ by, of }) => (by === one && of === other) || (by === other && of === one));
}

export function liveShowOf({ shows }: World): ShowName | undefined {
  return showNames.find((show) => shows[show].status === "live");
}
