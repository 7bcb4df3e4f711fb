import type { Audio } from "../../functions/src/contract/audio.js";

/** The URL and token that open a connection. */
export interface AudioKey {
  readonly url: string;
  readonly token: string;
}

/** A callable's `audio` answer, or the two fields of it that are needed. */
export type AudioAccess = Audio | AudioKey;

export function keyOf(access: AudioAccess): AudioKey {
  if ("token" in access) return access;
  throw new Error("there is no sound: the provider is none");
}
