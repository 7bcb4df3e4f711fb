import type { Machine } from "./machine.mjs";

/** A `livekit-server` of the person's own choice, or `none`. */
export const LIVEKIT_VARIABLE: string;

/** The version that is built and downloaded; on PATH a newer one will do. */
export const LIVEKIT_VERSION: string;

export type Provided = { readonly binary: string } | { readonly missing: string };

export interface ProvideOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (line: string) => void;
}

/** Where this user's clones share one LiveKit. */
export function cachedLivekit(machine: Machine): string;

/** The one on PATH if it is new enough, or else the cached one. */
export function findLivekit(machine: Machine): Promise<string | undefined>;

/** Builds it into the cache with Go. Of several at once one builds, and the others wait for it. */
export function buildLivekit(machine: Machine, options?: ProvideOptions): Promise<Provided>;

/** A folder beside the cached ones, gone when the work is done or the process ends. */
export function withDraft<T>(machine: Machine, work: (draft: string) => Promise<T>): Promise<T>;

/** Moves what was got into its place, if it runs: others see the whole of it or nothing. */
export function keepLivekit(made: string, machine: Machine): Promise<Provided>;
