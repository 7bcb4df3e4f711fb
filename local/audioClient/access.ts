import type { Audio } from "../../functions/src/contract/audio.js";

/** What opens a connection. */
export interface AudioKey {
  readonly url: string;
  readonly token: string;
}

/** What a callable answers as `audio`, or its two fields that matter. */
export type AudioAccess = Audio | AudioKey;

export function keyOf(access: AudioAccess): AudioKey {
  if ("token" in access) return access;
  throw new Error("there is no sound: the provider is none");
}
