import { createHash } from "node:crypto";

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const idLength = 22;

/** An id as Spotify's look, always the same for the same seed. */
export function spotifyId(seed: string): string {
  const bytes = createHash("sha256").update(seed).digest().subarray(0, idLength);
  // 22 digits of base 62 hold more than the 128 bits of an id: the first one never exceeds 7.
  return Array.from(bytes, (byte, index) => base62.charAt(byte % (index === 0 ? 8 : 62))).join("");
}

export function isSpotifyId(value: string): boolean {
  return /^[A-Za-z0-9]{22}$/.test(value);
}
