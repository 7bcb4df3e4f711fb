import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { z } from "zod";
import type { TokenCipher } from "../ports/tokenCipher.js";

const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
// NIST SP 800-38D recommends 96-bit nonces and allows 2^32 random ones per key.
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const keysByVersion = z.record(
  z.string().regex(/^[1-9]\d*$/, "a key's version must be a whole number from 1"),
  z
    .base64()
    .transform((key) => Buffer.from(key, "base64"))
    .refine((key) => key.length === KEY_BYTES, "a key must be 32 bytes in base64"),
);
const primaryVersion = z.int("the primary version must be a whole number").optional();

/**
 * AES-256-GCM with the uid as associated data. `keyringJson` maps key versions to keys. The version that it names
 * as `primary`, by default the highest, encrypts; every key decrypts the texts of its version. So a new key can
 * reach all instances before the first of them encrypts with it.
 */
export function tokenCipher(keyringJson: string): TokenCipher {
  const { primary: chosen, keys: byVersion } = parseKeyring(keyringJson);
  const keys = new Map(
    Object.entries(byVersion).map(([version, key]) => [Number(version), key] as const),
  );
  const primary = chosen ?? Math.max(...keys.keys());

  const keyOf = (version: number) => {
    const key = keys.get(version);
    if (!key) throw new Error(`SPOTIFY_CREDENTIAL_KEYS has no key of version ${version}`);
    return key;
  };

  // Fail at startup if the primary key is missing, not at the first encryption.
  keyOf(primary);

  return {
    keyVersion: primary,
    encrypt(plaintext, uid) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, keyOf(primary), nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(uid));
      const body = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
      return {
        keyVersion: primary,
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

/** Errors are for the operator: they say what is wrong with the secret and never quote it. */
function parseKeyring(json: string) {
  const value = parsedBy(z.record(z.string(), z.unknown()), parseJson(json));
  const { primary: chosen, ...byVersion } = value;
  const primary = parsedBy(primaryVersion, chosen);
  const keys = parsedBy(keysByVersion, byVersion);
  if (Object.keys(keys).length === 0) throw new Error("SPOTIFY_CREDENTIAL_KEYS has no key");
  return { primary, keys };
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error("SPOTIFY_CREDENTIAL_KEYS is not JSON");
  }
}

function parsedBy<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`SPOTIFY_CREDENTIAL_KEYS: ${issue?.message ?? "has another shape"}`);
}
