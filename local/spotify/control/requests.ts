import { z } from "zod";

import { isSpotifyId } from "../catalogue/spotifyId.js";
import { device } from "../playback/device.js";

const word = z.string().min(1).max(500);
const longestAdvanceMs = 10 * 366 * 86_400_000;

export const expireRequest = z.strictObject({
  persona: word,
  what: z.enum(["access", "refresh"]).default("access"),
});
export type ExpireRequest = z.infer<typeof expireRequest>;

export const revokeRequest = z.strictObject({ persona: word });

export const clockRequest = z.strictObject({ advanceMs: z.int().min(0).max(longestAdvanceMs) });

export const modeRequest = z
  .strictObject({
    quotaMode: z.enum(["development", "extended"]).exactOptional(),
    rotateRefreshTokens: z.boolean().exactOptional(),
  })
  .refine((mode) => Object.keys(mode).length > 0, { path: ["quotaMode"], error: "is missing" });

/** A new persona, or changes to an existing one. */
export const personaRequest = z.strictObject({
  id: word.regex(/^[a-z0-9][a-z0-9-]*$/, "must be lower-case letters, digits and hyphens"),
  accountId: word.nullable().exactOptional(),
  spotifyId: word.exactOptional(),
  displayName: word.nullable().exactOptional(),
  imageUrl: word.nullable().exactOptional(),
  product: z.enum(["free", "premium"]).exactOptional(),
  email: word.nullable().exactOptional(),
  country: word.exactOptional(),
  allowed: z.boolean().exactOptional(),
});
export type PersonaRequest = Readonly<z.infer<typeof personaRequest>>;

const spotifyId = z.string().refine(isSpotifyId, "must be 22 letters and digits");

const longestPlaylist = 50_000;

/** A new playlist, or changes to an existing one. */
export const playlistRequest = z.strictObject({
  id: spotifyId,
  name: z.string().max(500).exactOptional(),
  description: z.string().max(500).exactOptional(),
  /** Persona ids. */
  owner: word.exactOptional(),
  collaborators: z.array(word).exactOptional(),
  followers: z.array(word).exactOptional(),
  public: z.boolean().exactOptional(),
  uris: z.array(word).max(longestPlaylist).exactOptional(),
  deleted: z.literal(true).exactOptional(),
  /** Applies the change after that many more pages of items were read. */
  afterPage: z.int().positive().exactOptional(),
});
export type PlaylistRequest = Readonly<z.infer<typeof playlistRequest>>;

/** A new track, or changes to an existing one. */
export const trackRequest = z.strictObject({
  id: spotifyId,
  name: z.string().max(500).exactOptional(),
  artists: z.array(z.string().max(500)).exactOptional(),
  album: z.string().max(500).exactOptional(),
  durationMs: z.int().nonnegative().exactOptional(),
  explicit: z.boolean().exactOptional(),
  markets: z
    .union([z.literal("everywhere"), z.array(z.string().regex(/^[A-Z]{2}$/))])
    .exactOptional(),
  hasArtwork: z.boolean().exactOptional(),
  isrc: z.string().min(1).max(20).exactOptional(),
  releaseDate: z.iso.date().exactOptional(),
});
export type TrackRequest = Readonly<z.infer<typeof trackRequest>>;

/** All of a user's devices from now on. */
export const devicesRequest = z
  .strictObject({
    persona: word,
    devices: z.array(
      device.extend({
        type: device.shape.type.default("Smartphone"),
        active: device.shape.active.default(false),
        restricted: device.shape.restricted.default(false),
        volumePercent: device.shape.volumePercent.default(64),
      }),
    ),
  })
  .refine(({ devices }) => devices.filter(({ active }) => active).length < 2, {
    path: ["devices"],
    error: "cannot be active together",
  })
  .refine(({ devices }) => new Set(devices.map(({ id }) => id)).size === devices.length, {
    path: ["devices"],
    error: "must have different ids",
  });
export type DevicesRequest = Readonly<z.infer<typeof devicesRequest>>;
