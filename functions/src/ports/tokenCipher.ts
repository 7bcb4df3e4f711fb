import type { EncryptedText } from "../contract/spotify.js";

/** Encrypts and decrypts what is stored of a person's Spotify grant. */
export interface TokenCipher {
  /** The version of the key that encrypts: the keyring's primary one. */
  readonly keyVersion: number;
  /** Encrypts with the primary key and binds the text to `uid`: another account's document cannot carry it. */
  encrypt(plaintext: string, uid: string): EncryptedText;
  /**
   * Decrypts with the key of the text's version. Throws if the keyring lacks that key, or if the text was not
   * encrypted for `uid`.
   */
  decrypt(encrypted: EncryptedText, uid: string): string;
}
