import { createHash } from "node:crypto";

/** A playlist. People are persona ids. */
export interface Playlist {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly owner: string;
  /** Visible to everyone. */
  readonly public: boolean;
  /** Who may change it besides its owner, which makes it a collaborative playlist. */
  readonly collaborators: readonly string[];
  /** Who follows it without collaborating. */
  readonly followers: readonly string[];
  /** An uploaded cover; otherwise Spotify uses the artwork of the first tracks. */
  readonly hasOwnCover: boolean;
  readonly uris: readonly string[];
  /** The number of its changes. */
  readonly version: number;
}

export function isCollaborative(playlist: Playlist): boolean {
  return playlist.collaborators.length > 0;
}

/** Its owner and collaborators. */
export function hasPartIn(playlist: Playlist, persona: string): boolean {
  return playlist.owner === persona || playlist.collaborators.includes(persona);
}

/** For everyone else, it does not exist. */
export function isVisibleTo(playlist: Playlist, persona: string): boolean {
  return playlist.public || hasPartIn(playlist, persona);
}

/** A new id after every change. */
export function snapshotIdOf({ id, version }: Playlist): string {
  const hash = createHash("sha1").update(`${id} ${version}`).digest("hex");
  return Buffer.from(`${version},${hash}`).toString("base64");
}
