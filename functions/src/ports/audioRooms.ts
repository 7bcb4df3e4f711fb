import type { Role } from "../contract/role.js";
import type { Audio } from "../contract/audio.js";

/** What a person in a room may do. Sending is the only permission, because everybody may listen. */
export interface Entitlement {
  readonly role: Role;
  readonly canPublish: boolean;
}

/** A track that somebody sends. */
export interface PublishedTrack {
  readonly sid: string;
  readonly muted: boolean;
  /** The sound of a microphone: nobody may send anything else. */
  readonly isVoice: boolean;
}

/** A connected person, as the room reports them. LiveKit's own recorders and agents are not included. */
export interface Connected {
  readonly uid: string;
  /** As others in the room see it; null if it is not a role of Ambient's. */
  readonly role: Role | null;
  readonly canPublish: boolean;
  readonly tracks: readonly PublishedTrack[];
}

export interface Connection extends Connected {
  /** When the connection began, in ms since the epoch; events about it say the same. */
  readonly connectedAt: number;
}

/** A room as it is now. */
export interface Room {
  /** The latest time at which it can have been made, in ms since the epoch. */
  readonly since: number;
  readonly connected: readonly Connection[];
}

/** One of all rooms, in a list. */
export interface ListedRoom {
  readonly showId: string;
  /** When it was made, in ms since the epoch. */
  readonly since: number;
  /** How many are connected. The list may be some seconds behind. */
  readonly participants: number;
}

/** What a room reports by itself: once, twice, late or not at all, in any order. */
export type RoomEvent =
  /** `connectedAt`: when the connection began, in ms since the epoch. */
  | ({ readonly kind: "joined"; readonly connectedAt: number } & PersonInRoom &
      Pick<Connected, "role" | "canPublish">)
  | ({ readonly kind: "left"; readonly connectedAt: number } & PersonInRoom)
  | ({ readonly kind: "published"; readonly isVoice: boolean } & PersonInRoom)
  | { readonly kind: "finished"; readonly showId: string };

interface PersonInRoom {
  readonly showId: string;
  readonly uid: string;
}

/**
 * The rooms in which people hear each other, one for each show, named by its id; people are named by their uid. Every
 * method refuses with AUDIO_UNAVAILABLE if the server of the rooms fails.
 */
export interface AudioRooms {
  /** Creates the room, unless it exists. Nobody can connect to a room that was not created. */
  open(showId: string): Promise<void>;
  /** Disconnects everybody and deletes the room, if it exists. */
  close(showId: string): Promise<void>;
  /** All existing rooms. */
  list(): Promise<readonly ListedRoom[]>;
  /** Null: the room does not exist. */
  look(showId: string): Promise<Room | null>;
  /** A connected person, or null. */
  find(showId: string, uid: string): Promise<Connected | null>;
  /** Sets all of a person's permissions. False: they are not connected. The permissions are in force when it resolves. */
  permit(showId: string, uid: string, entitlement: Entitlement): Promise<boolean>;
  /** Disconnects a person who is connected. */
  remove(showId: string, uid: string): Promise<void>;
  /** Mutes what a person sends. They may unmute themselves. */
  mute(showId: string, uid: string): Promise<void>;
  /** The address and the token with which a person connects. */
  access(showId: string, uid: string, entitlement: Entitlement): Promise<Audio>;
}
