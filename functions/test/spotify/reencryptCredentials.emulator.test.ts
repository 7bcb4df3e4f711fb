import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { execFile } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { credentialsRef } from "../../src/collections.js";
import type { TokenCipher } from "../../src/ports/tokenCipher.js";
import { tokenCipher } from "../../src/spotify/cipher.js";
import { encryptGrant } from "../../src/spotify/credentials.js";
import { reencryptCredentials } from "../../src/spotify/reencryptCredentials.js";
import { quietFirestore } from "../support/backstage.js";
import { manualClock } from "../support/manualClock.js";

describe("encrypting the stored grants with a new primary key", () => {
  const key = () => randomBytes(32).toString("base64");
  const keys = { 1: key(), 2: key() };
  const before = tokenCipher(JSON.stringify({ ...keys, primary: 1 }));
  const after = tokenCipher(JSON.stringify({ ...keys, primary: 2 }));
  const onlyNew = tokenCipher(JSON.stringify({ 2: keys[2] }));
  const clock = manualClock();
  let projectId: string;
  let firestore: Firestore;
  beforeEach(() => {
    projectId = `demo-rotation-${randomUUID().slice(0, 8)}`;
    firestore = quietFirestore(projectId);
  });
  afterEach(() => firestore.terminate());

  const inSeconds = (seconds: number) => Timestamp.fromMillis(clock.now() + seconds * 1_000);
  const store = (uid: string, more = {}, cipher: TokenCipher = before) =>
    credentialsRef(firestore, uid).set({
      ...encryptGrant(cipher, uid, {
        refreshToken: `refresh ${uid}`,
        accessToken: `access ${uid}`,
        expiresAt: clock.now(),
        scopes: ["streaming"],
      }),
      grantExpiresAt: inSeconds(86_400),
      lease: null,
      refreshFailure: null,
      updatedAt: inSeconds(0),
      ...more,
    });
  const stored = async (uid: string) => (await credentialsRef(firestore, uid).get()).data();
  /** Decrypts with the new key alone. */
  const tokensOf = async (uid: string) => {
    const { refreshToken, accessToken } = (await stored(uid)) ?? {};
    assert.ok(refreshToken && accessToken);
    return [refreshToken, accessToken].map((text) => onlyNew.decrypt(text, uid));
  };
  const reencrypt = (cipher = after) => reencryptCredentials({ firestore, cipher, clock });

  it("leaves the same grants, which the new key alone decrypts", async () => {
    await Promise.all([store("ada"), store("ben"), store("cleo", {}, after)]);
    const cleo = await stored("cleo");
    assert.deepEqual(await reencrypt(), { current: 1, rewritten: 2, busy: 0 });
    for (const uid of ["ada", "ben"]) {
      assert.deepEqual(await tokensOf(uid), [`refresh ${uid}`, `access ${uid}`]);
    }
    assert.deepEqual(await stored("cleo"), cleo);
    assert.deepEqual(await reencrypt(), { current: 3, rewritten: 0, busy: 0 });
  });

  it("leaves a grant alone while it is being refreshed, but not after its holder crashed", async () => {
    await Promise.all([
      store("ada", { lease: { id: "running", until: inSeconds(12) } }),
      store("ben", { lease: { id: "late", until: inSeconds(-59) } }),
      store("cleo", { lease: { id: "crashed", until: inSeconds(-61) } }),
    ]);
    const [ada, ben] = await Promise.all([stored("ada"), stored("ben")]);
    assert.deepEqual(await reencrypt(), { current: 0, rewritten: 1, busy: 2 });
    assert.deepEqual(await Promise.all([stored("ada"), stored("ben")]), [ada, ben]);
    assert.deepEqual(await tokensOf("cleo"), ["refresh cleo", "access cleo"]);
  });

  it("completes a run that broke off, and reports a grant that it cannot decrypt", async () => {
    await Promise.all(["ada", "ben", "cleo"].map((uid) => store(uid)));
    // Another person's grant, which cannot be decrypted as Dan's.
    const adas = await stored("ada");
    assert.ok(adas);
    await credentialsRef(firestore, "dan").set(adas);
    let encrypted = 0;
    const dying: TokenCipher = {
      ...after,
      encrypt(text, uid) {
        encrypted += 1;
        if (encrypted === 4) throw new Error("killed");
        return after.encrypt(text, uid);
      },
    };
    await assert.rejects(reencrypt(dying), AggregateError);
    await assert.rejects(reencrypt(), AggregateError);
    for (const uid of ["ada", "ben", "cleo"]) {
      assert.deepEqual(await tokensOf(uid), [`refresh ${uid}`, `access ${uid}`]);
    }
    await credentialsRef(firestore, "dan").delete();
    assert.deepEqual(await reencrypt(), { current: 3, rewritten: 0, busy: 0 });
  });

  it("runs as a command, which says when the old keys can go", async () => {
    await store("ada");
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--import=tsx", "functions/commands/reencryptCredentials.ts"],
      {
        env: {
          ...process.env,
          GOOGLE_CLOUD_PROJECT: projectId,
          SPOTIFY_CREDENTIAL_KEYS: JSON.stringify({ ...keys, primary: 2 }),
        },
      },
    );
    assert.match(stdout, /\nAll 1 grants use key 2\. The other keys can be deleted\.\n$/);
    assert.deepEqual(await tokensOf("ada"), ["refresh ada", "access ada"]);
  });
});
