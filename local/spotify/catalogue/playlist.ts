import { createHash } from "node:crypto";

/** Somebody's playlist. People are persona ids. */
export interface Playlist {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly owner: string;
  /** Anybody may look at it. */
  readonly public: boolean;
  /** Who may change it besides its owner: such a playlist is a collaborative one. */
  readonly collaborators: readonly string[];
  /** Who keeps it in his library without a part in it. */
  readonly followers: readonly string[];
  /** A picture that somebody uploaded; otherwise Spotify makes one of the first songs' artwork. */
  readonly hasOwnCover: boolean;
  readonly uris: readonly string[];
  /** Counts its changes. */
  readonly version: number;
}

export function isCollaborative(playlist: Playlist): boolean {
  return playlist.collaborators.length > 0;
}

/** Its owner, and those whom he lets change it. */
export function hasPartIn(playlist: Playlist, persona: string): boolean {
  return playlist.owner === persona || playlist.collaborators.includes(persona);
}

/** To anybody else it does not exist. */
export function isVisibleTo(playlist: Playlist, persona: string): boolean {
  return playlist.public || hasPartIn(playlist, persona);
}

/** Another one after every change. */
export function snapshotIdOf({ id, version }: Playlist): string {
  const hash = createHash("sha1").update(`${id} ${version}`).digest("hex");
  return Buffer.from(`${version},${hash}`).toString("base64");
}
