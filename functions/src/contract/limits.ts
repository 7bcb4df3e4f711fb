import { z } from "zod";
import { timestamp } from "./fields.js";

/**
 * How often something may be done: `count` times at once, and after that one time more each
 * `seconds / count`.
 */
export interface Limit {
  readonly count: number;
  readonly seconds: number;
  /** Whose calls are counted together: those of an account, or those from one network. */
  readonly per: "account" | "network";
  /** What is counted, for people. */
  readonly what: string;
}

/** Every limit whose refusal is RATE_LIMITED. The name is part of the stored document's id. */
export const limits = {
  // Generous: a hall, or a mobile operator's customers, share one address.
  signInFromNetwork: {
    count: 1_000,
    seconds: 600,
    per: "network",
    what: "sign-ins, before the request to Spotify",
  },
  signIn: {
    count: 20,
    seconds: 3_600,
    per: "account",
    what: "sign-ins, once Spotify has identified the person",
  },
  spotifyToken: { count: 120, seconds: 3_600, per: "account", what: "`getSpotifyAccessToken`" },
  listPlaylists: { count: 30, seconds: 60, per: "account", what: "`listMyPlaylists`" },
  // Spotify limits an app's requests, not a person's: a crowd that searches must leave enough for the hosts and the players.
  searchTracks: { count: 30, seconds: 600, per: "account", what: "`searchTracks`" },
  // Each reads up to ten pages at Spotify.
  setPlaylist: { count: 20, seconds: 600, per: "account", what: "`setShowPlaylist`" },
  addTrack: {
    count: 60,
    seconds: 600,
    per: "account",
    what: "added tracks; retries are not counted",
  },
  // Each may read a track at Spotify, whose limit is for the whole app.
  requestSong: { count: 20, seconds: 600, per: "account", what: "`requestSong`" },
  // Reads the playlist and its tracks at Spotify, and calls LiveKit.
  checkShow: { count: 30, seconds: 600, per: "account", what: "`checkShow`" },
  // Each call reads all comments of a person in a show.
  hideComments: { count: 30, seconds: 600, per: "account", what: "`hideComments`" },
  setWordFilter: { count: 30, seconds: 600, per: "account", what: "`setWordFilter`" },
  acceptTerms: { count: 10, seconds: 3_600, per: "account", what: "`acceptTerms`" },
  // Rewrites everything that carries the person's name.
  disconnectSpotify: { count: 10, seconds: 3_600, per: "account", what: "`disconnectSpotify`" },
  deleteAccount: {
    count: 10,
    seconds: 3_600,
    per: "account",
    what: "`deleteAccount` and `cancelDeletion`, together",
  },
  // Each page reads up to a megabyte.
  exportAccount: { count: 100, seconds: 3_600, per: "account", what: "pages of `exportAccount`" },
  // No host reaches it in normal use. It prevents one account from using up the project's quota at LiveKit.
  audioRoom: {
    count: 120,
    seconds: 120,
    per: "account",
    what: "the other calls that may reach the audio room (`startShow`, `endShow`, the stage, `muteSpeaker`, `removeParticipant`, and admins' decisions), together",
  },
  refreshAudio: { count: 60, seconds: 600, per: "account", what: "`refreshAudio`" },
  registerDevice: {
    count: 60,
    seconds: 3_600,
    per: "account",
    what: "`registerDevice` and `unregisterDevice`, together",
  },
  report: {
    count: 5,
    seconds: 600,
    per: "account",
    what: "reports; repeating a report is not counted",
  },
  // Each page reads a profile for each follower.
  listFollowers: { count: 60, seconds: 600, per: "account", what: "pages of `listFollowers`" },
  appeal: { count: 10, seconds: 3_600, per: "account", what: "`appealDecision`" },
  supportAccount: {
    count: 30,
    seconds: 3_600,
    per: "account",
    what: "`openSupportAccount`, `supportAccountStatus` and `openSupportDashboard`, together",
  },
  // A person who tries stolen cards needs many payments.
  support: {
    count: 10,
    seconds: 3_600,
    per: "account",
    what: "payments begun; retries are not counted",
  },
  // Each reads a dozen documents and asks Stripe.
  supportCreator: {
    count: 60,
    seconds: 3_600,
    per: "account",
    what: "`supportCreator`, retries included",
  },
  refundSupport: { count: 60, seconds: 3_600, per: "account", what: "`refundSupport`" },
  publicShow: {
    count: 20,
    seconds: 86_400,
    per: "account",
    what: "starts of public shows; starting a live show again is not counted",
  },
} as const satisfies Readonly<Record<string, Limit>>;
export type LimitName = keyof typeof limits;

/**
 * `limits/{limit}_{hash}`: what is left of an allowance. The hash hides the account or the network, which is stored
 * nowhere.
 */
export const limitDocument = z.object({
  /** When the whole allowance is available again. After that, the document has no meaning, and TTL deletes it. */
  expiresAt: timestamp.meta({ data: "allowance" }),
});
export type LimitDocument = z.infer<typeof limitDocument>;
