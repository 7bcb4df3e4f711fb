import type { PlayerDevice } from "./player.js";

/**
 * The result of a show's music on one listener's device. It does not affect the show.
 *
 * - `waiting`: for the show's documents or the server's clock
 * - `silent`: nothing should play: the stage is in talk mode, no track is chosen, or the last one has ended
 * - `starting`: Spotify was told to play
 * - `playing`: in step with the show
 * - `paused`: a host paused the music
 * - `stopped`: the listener or their phone stopped it in Spotify
 * - `noDevice`: Spotify is not running on any device; or `devices` lists several, and the listener has to choose one
 * - the others: the listener cannot hear the music, and why
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
  | { readonly kind: "rateLimited" | "quotaExceeded"; readonly retryAfterMs: number };

/**
 * The kind of an outcome, for which an app has words.
 *
 * @example
 * ```ts
 * const words: Partial<Record<OutcomeKind, string>> = { notPremium: "Music needs Spotify Premium." };
 * ```
 */
export type OutcomeKind = Outcome["kind"];

/**
 * What helps. After `resume`, `openSpotify` and the like, which the listener does, call the follower's `resume()`.
 * With `nothing` and `wait` the follower continues by itself.
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
 * What an app can do about an outcome.
 *
 * @example
 * ```ts
 * const { remedy, triesAgain }: Advice = adviceFor[follower.current.outcome.kind];
 * ```
 */
export interface Advice {
  readonly remedy: Remedy;
  /** Whether the follower tries again by itself. */
  readonly triesAgain: boolean;
  /** For developers. Apps use their own words. */
  readonly meaning: string;
}

/**
 * What helps, for each outcome.
 *
 * @example
 * ```ts
 * follower.subscribe(({ outcome }) => {
 *   if (adviceFor[outcome.kind].remedy === "resume") showButton(() => follower.resume());
 * });
 * ```
 */
export const adviceFor: Readonly<Record<OutcomeKind, Advice>> = {
  waiting: advice("nothing", true, "The show or the server's clock is not known yet."),
  silent: advice("nothing", true, "Nothing should play now."),
  starting: advice("nothing", true, "Spotify was told to play."),
  playing: advice("nothing", true, "Spotify plays in step with the show."),
  paused: advice("nothing", true, "A host paused the music."),
  stopped: advice("resume", false, "The listener paused Spotify or chose other music there."),
  noDevice: advice(
    "openSpotify",
    true,
    "Spotify is not running: opening it once is enough. With `devices`: the listener has to choose one.",
  ),
  notPremium: advice("getPremium", false, "Only Premium accounts accept commands."),
  notPlayable: advice(
    "wait",
    true,
    "Spotify cannot play this track here; the music continues with the next one.",
  ),
  notAllowListed: advice(
    "askForAccess",
    false,
    "The account is not on the app's allow-list at Spotify.",
  ),
  appMissing: advice("installSpotify", false, "The Spotify app is not installed on this phone."),
  relinkRequired: advice(
    "linkSpotifyAgain",
    false,
    "The grant has ended, was revoked, or lacks a scope: sign in with Spotify again.",
  ),
  rateLimited: advice("wait", true, "Spotify's rate limit was reached."),
  quotaExceeded: advice(
    "wait",
    true,
    "The developer account's quota at Spotify is used up. The follower tries again after a quarter of an hour.",
  ),
  unavailable: advice("wait", true, "Spotify or the network is not responding."),
};

function advice(remedy: Remedy, triesAgain: boolean, meaning: string): Advice {
  return { remedy, triesAgain, meaning };
}
