import { createHash } from "node:crypto";

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const idLength = 22;

/** An id in Spotify's format, the same for the same seed. */
export function spotifyId(seed: string): string {
  const bytes = createHash("sha256").update(seed).digest().subarray(0, idLength);
  // 22 base-62 digits hold more than an id's 128 bits, so the first digit never exceeds 7.
  return Array.from(bytes, (byte, index) => base62.charAt(byte % (index === 0 ? 8 : 62))).join("");
}

export function isSpotifyId(value: string): boolean {
  return /^[A-Za-z0-9]{22}$/.test(value);
}
