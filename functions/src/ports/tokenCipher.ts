import type { EncryptedText } from "../contract/spotify.js";

/** Encrypts and decrypts what is stored of a person's Spotify grant. */
export interface TokenCipher {
  /** Under the newest key, bound to `uid`: another account's document cannot carry it. */
  encrypt(plaintext: string, uid: string): EncryptedText;
  /**
   * Under the key that it was encrypted with. Throws when that key is gone, or the text was not encrypted
   * for `uid`.
   */
  decrypt(encrypted: EncryptedText, uid: string): string;
}
