import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { z } from "zod";
import type { TokenCipher } from "../ports/tokenCipher.js";

const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
// NIST SP 800-38D recommends 96-bit nonces and allows 2^32 random ones per key.
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const keyring = z.record(
  z.string().regex(/^[1-9]\d*$/, "a key's version must be a whole number from 1"),
  z
    .base64()
    .transform((key) => Buffer.from(key, "base64"))
    .refine((key) => key.length === KEY_BYTES, "a key must be 32 bytes in base64"),
);

/**
 * AES-256-GCM with the uid as associated data. `keyringJson` maps key versions to keys; adding a
 * higher version rotates: new texts use it, old ones are decrypted by theirs until they are rewritten.
 */
export function tokenCipher(keyringJson: string): TokenCipher {
  const keys = new Map(
    Object.entries(parseKeyring(keyringJson)).map(([version, key]) => [Number(version), key]),
  );
  const newest = Math.max(...keys.keys());

  const keyOf = (version: number) => {
    const key = keys.get(version);
    if (!key) throw new Error(`SPOTIFY_CREDENTIAL_KEYS has no key of version ${version}`);
    return key;
  };

  return {
    encrypt(plaintext, uid) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, keyOf(newest), nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(uid));
      const body = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
      return {
        keyVersion: newest,
        ciphertext: Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64"),
      };
    },
    decrypt(encrypted, uid) {
      const bytes = Buffer.from(encrypted.ciphertext, "base64");
      const decipher = createDecipheriv(
        ALGORITHM,
        keyOf(encrypted.keyVersion),
        bytes.subarray(0, NONCE_BYTES),
        { authTagLength: TAG_BYTES },
      );
      decipher.setAAD(Buffer.from(uid));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const body = bytes.subarray(NONCE_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
    },
  };
}

/** A wrong secret is the deployer's to mend: say what is wrong with it, and never what it says. */
function parseKeyring(json: string) {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new Error("SPOTIFY_CREDENTIAL_KEYS is not JSON");
  }
  const parsed = keyring.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`SPOTIFY_CREDENTIAL_KEYS: ${issue?.message ?? "has another shape"}`);
  }
  if (Object.keys(parsed.data).length === 0) throw new Error("SPOTIFY_CREDENTIAL_KEYS has no key");
  return parsed.data;
}
