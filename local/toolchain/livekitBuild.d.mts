import type { Machine } from "./machine.mjs";

/** The user's choice of a `livekit-server`, or `none`. */
export const LIVEKIT_VARIABLE: string;

/** The version to build or download. A newer one on PATH is accepted. */
export const LIVEKIT_VERSION: string;

export type Provided = { readonly binary: string } | { readonly missing: string };

export interface ProvideOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (line: string) => void;
}

/** The cache that the user's clones share. */
export function cachedLivekit(machine: Machine): string;

/** The one on PATH if it is recent enough, otherwise the cached one. */
export function findLivekit(machine: Machine): Promise<string | undefined>;

/**
 * Builds LiveKit with Go into the cache. Of several simultaneous calls one builds, and the others
 * wait.
 */
export function buildLivekit(machine: Machine, options?: ProvideOptions): Promise<Provided>;

/** The `go` command that runs here. */
export function findGo(machine: Machine, signal?: AbortSignal): Promise<string | undefined>;

/** The environment in which `go install` puts its binary into `draft`. */
export function goEnvironment(
  inherited: Machine["environment"],
  draft: string,
): Record<string, string | undefined>;

/** A temporary folder next to the cache, removed after the work or when the process ends. */
export function withDraft<T>(machine: Machine, work: (draft: string) => Promise<T>): Promise<T>;

/** Moves a binary into the cache if it runs, so that others see either all of it or nothing. */
export function keepLivekit(made: string, machine: Machine): Promise<Provided>;
