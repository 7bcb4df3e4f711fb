import type { Role } from "../contract/role.js";
import type { Audio } from "../contract/audio.js";

/** What a person in a room is allowed. Sending is all there is to allow: everybody may listen. */
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

/** One who is connected, as the room has it. Recorders and agents of LiveKit's own are not among them. */
export interface Connected {
  readonly uid: string;
  /** As others in the room are told; null where it is none of ours. */
  readonly role: Role | null;
  readonly canPublish: boolean;
  readonly tracks: readonly PublishedTrack[];
}

export interface Connection extends Connected {
  /** When the connection began (ms since the epoch); events about it say the same. */
  readonly connectedAt: number;
}

/** A room as it is now. */
export interface Room {
  /** It was made at this time or earlier (ms since the epoch). */
  readonly since: number;
  readonly connected: readonly Connection[];
}

/** One of all rooms, in a list. */
export interface ListedRoom {
  readonly showId: string;
  /** When it was made (ms since the epoch). */
  readonly since: number;
  /** How many are connected. The list may be some seconds behind. */
  readonly participants: number;
}

/** What a room tells of by itself: once, twice, late or not at all, in any order. */
export type RoomEvent =
  /** `connectedAt`: when the connection began (ms since the epoch). */
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
 * The rooms that people hear each other in, one for each show, named by its id; people are named by
 * their uid. Everything here refuses with AUDIO_UNAVAILABLE where the rooms' server does not do it.
 */
export interface AudioRooms {
  /** Makes the room, unless it is there. Nobody can connect to a room that was not made. */
  open(showId: string): Promise<void>;
  /** Disconnects everybody and takes the room away, if it is there. */
  close(showId: string): Promise<void>;
  /** All rooms that are there. */
  list(): Promise<readonly ListedRoom[]>;
  /** Null: the room is not there. */
  look(showId: string): Promise<Room | null>;
  /** One who is connected, or null. */
  find(showId: string, uid: string): Promise<Connected | null>;
  /** Sets all of a person's rights. False: they are not connected. The rights hold when it resolves. */
  permit(showId: string, uid: string, entitlement: Entitlement): Promise<boolean>;
  /** Disconnects a person who is connected. */
  remove(showId: string, uid: string): Promise<void>;
  /** Mutes what a person sends. They may unmute themselves. */
  mute(showId: string, uid: string): Promise<void>;
  /** What a person connects with. */
  access(showId: string, uid: string, entitlement: Entitlement): Promise<Audio>;
}
