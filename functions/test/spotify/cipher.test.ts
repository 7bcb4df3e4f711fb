import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { tokenCipher } from "../../src/spotify/cipher.js";

const key = (): string => randomBytes(32).toString("base64");

describe("the token cipher", () => {
  const first = key();
  const second = key();
  const cipher = tokenCipher(JSON.stringify({ 1: first }));

  it("decrypts what it encrypted", () => {
    const sealed = cipher.encrypt("refresh-token-ü", "spotify_a");
    assert.equal(sealed.keyVersion, 1);
    assert.equal(cipher.decrypt(sealed, "spotify_a"), "refresh-token-ü");
  });

  it("never encrypts the same text to the same bytes, nor reveals it", () => {
    const one = cipher.encrypt("secret", "spotify_a").ciphertext;
    assert.notEqual(one, cipher.encrypt("secret", "spotify_a").ciphertext);
    assert.ok(!Buffer.from(one, "base64").includes("secret"));
  });

  it("refuses a text that was encrypted for somebody else", () => {
    const sealed = cipher.encrypt("secret", "spotify_a");
    assert.throws(() => cipher.decrypt(sealed, "spotify_b"));
  });

  it("refuses a text with a single changed bit", () => {
    const sealed = cipher.encrypt("secret", "spotify_a");
    const bytes = Buffer.from(sealed.ciphertext, "base64");
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    assert.throws(() =>
      cipher.decrypt({ ...sealed, ciphertext: bytes.toString("base64") }, "spotify_a"),
    );
  });

  it("encrypts with the latest key version and still decrypts older ones", () => {
    const old = cipher.encrypt("secret", "spotify_a");
    const rotated = tokenCipher(JSON.stringify({ 1: first, 2: second }));
    assert.equal(rotated.encrypt("secret", "spotify_a").keyVersion, 2);
    assert.equal(rotated.decrypt(old, "spotify_a"), "secret");
  });

  it("decrypts with a new key before it is the primary one, and encrypts with it afterwards", () => {
    const keys = { 1: first, 2: second };
    const before = tokenCipher(JSON.stringify({ ...keys, primary: 1 }));
    const after = tokenCipher(JSON.stringify({ ...keys, primary: 2 }));
    const [old, current] = [before, after].map((each) => each.encrypt("secret", "spotify_a"));
    assert.deepEqual([before.keyVersion, after.keyVersion], [1, 2]);
    assert.deepEqual([old?.keyVersion, current?.keyVersion], [1, 2]);
    for (const each of [before, after]) {
      for (const text of [old, current]) {
        assert.equal(text && each.decrypt(text, "spotify_a"), "secret");
      }
    }
  });

  it("names a missing key version", () => {
    const sealed = tokenCipher(JSON.stringify({ 2: second })).encrypt("secret", "spotify_a");
    assert.throws(() => cipher.decrypt(sealed, "spotify_a"), /no key of version 2/);
  });

  for (const [what, keyring] of [
    ["no JSON", "key"],
    ["a short key", JSON.stringify({ 1: randomBytes(16).toString("base64") })],
    ["no version number", JSON.stringify({ latest: first })],
    ["no key at all", "{}"],
    ["a primary version alone", JSON.stringify({ primary: 1 })],
    ["a primary version that has no key", JSON.stringify({ 1: first, primary: 2 })],
    ["a primary version that is no number", JSON.stringify({ 1: first, primary: "1" })],
  ] as const) {
    it(`refuses a keyring with ${what} without quoting it`, () => {
      assert.throws(
        () => tokenCipher(keyring),
        (error: Error) =>
          error.message.startsWith("SPOTIFY_CREDENTIAL_KEYS") && !error.message.includes(first),
      );
    });
  }
});
