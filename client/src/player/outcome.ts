import type { PlayerDevice } from "./player.js";

/**
 * What comes of a show's music on one listener's phone. It is his alone: the show goes on, whatever it is.
 *
 * - `waiting`: for the show's documents, or for the server's clock
 * - `silent`: nothing is to be played: the stage talks, no track is chosen, or the last one has ended
 * - `starting`, `playing`
 * - `paused`: by a host
 * - `stopped`: by the listener himself or his phone, in Spotify
 * - `noDevice`: Spotify is nowhere to be told to play; where there are several `devices` and none that
 *   is plainly his, he has to choose
 * - the rest: he cannot hear it, and why
 *
 * @example
 * ```ts
 * const line = (outcome: Outcome) =>
 *   outcome.kind === "rateLimited"
 *     ? `Spotify is busy for ${Math.ceil(outcome.retryAfterMs / 1000)} s`
 *     : adviceFor[outcome.kind].meaning;
 * ```
 */
export type Outcome =
  | {
      readonly kind:
        | "waiting"
        | "starting"
        | "playing"
        | "paused"
        | "stopped"
        | "notPremium"
        | "notAllowListed"
        | "appMissing"
        | "relinkRequired"
        | "unavailable";
    }
  | { readonly kind: "noDevice"; readonly devices: readonly PlayerDevice[] }
  | { readonly kind: "silent"; readonly because: "talk" | "idle" | "over" }
  | { readonly kind: "notPlayable"; readonly trackUri: string }
  | { readonly kind: "rateLimited"; readonly retryAfterMs: number };

/**
 * An outcome's kind: what an app has words for.
 *
 * @example
 * ```ts
 * const words: Partial<Record<OutcomeKind, string>> = { notPremium: "Music needs Spotify Premium." };
 * ```
 */
export type OutcomeKind = Outcome["kind"];

/**
 * What helps. `resume`, `openSpotify` and the like are for the listener to do, then the app calls the
 * follower's `resume()`; with `nothing` and `wait` the follower goes on by itself.
 *
 * @example
 * ```ts
 * const isAButton = (remedy: Remedy) => remedy !== "nothing" && remedy !== "wait";
 * ```
 */
export type Remedy =
  | "nothing"
  | "wait"
  | "resume"
  | "openSpotify"
  | "installSpotify"
  | "getPremium"
  | "askForAccess"
  | "linkSpotifyAgain";

/**
 * What an app makes of an outcome.
 *
 * @example
 * ```ts
 * const { remedy, triesAgain }: Advice = adviceFor[follower.outcome().kind];
 * ```
 */
export interface Advice {
  readonly remedy: Remedy;
  /** Whether the follower tries again by itself. */
  readonly triesAgain: boolean;
  /** For developers: the app has its own words. */
  readonly meaning: string;
}

/**
 * What helps, for each outcome.
 *
 * @example
 * ```ts
 * follower.subscribe(() => {
 *   if (adviceFor[follower.outcome().kind].remedy === "resume") showButton(() => follower.resume());
 * });
 * ```
 */
export const adviceFor: Readonly<Record<OutcomeKind, Advice>> = {
  waiting: advice("nothing", true, "The show or the server's clock is not known yet."),
  silent: advice("nothing", true, "Nothing is to be played now."),
  starting: advice("nothing", true, "Spotify was asked to play."),
  playing: advice("nothing", true, "Spotify plays what everybody hears."),
  paused: advice("nothing", true, "A host paused the music."),
  stopped: advice("resume", false, "The listener paused Spotify or plays something else there."),
  noDevice: advice(
    "openSpotify",
    true,
    "Spotify runs nowhere: opening it once is enough. With `devices`: one of them has to be chosen.",
  ),
  notPremium: advice("getPremium", false, "Only Premium accounts can be told what to play."),
  notPlayable: advice("wait", true, "Spotify has no such track here; the next one plays again."),
  notAllowListed: advice(
    "askForAccess",
    false,
    "The account is not on the allow-list of the app at Spotify.",
  ),
  appMissing: advice("installSpotify", false, "The Spotify app is not on this phone."),
  relinkRequired: advice(
    "linkSpotifyAgain",
    false,
    "The grant is over, was revoked, or lacks a scope: sign in with Spotify again.",
  ),
  rateLimited: advice("wait", true, "Spotify was asked too often."),
  unavailable: advice("wait", true, "Spotify or the network does not answer."),
};

function advice(remedy: Remedy, triesAgain: boolean, meaning: string): Advice {
  return { remedy, triesAgain, meaning };
}
