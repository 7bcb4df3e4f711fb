import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDotenv, renderDotenv } from "../../files/dotenv.js";
import {
  functionsParams,
  LIVEKIT_API_KEY,
  provideSecrets,
  redirectUris,
} from "../../suite/functionsEnvironment.js";
import { isRecord, parseJson, recordOf } from "../../files/json.js";
import { choosePorts } from "../../suite/ports.js";

describe("a dotenv file", () => {
  const values = {
    LIST: JSON.stringify(["http://127.0.0.1:4602/callback", "ambient://callback"]),
    KEYS: JSON.stringify({ "1": "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=" }),
    EMPTY: "",
    WITH_HASH: "a#b = c",
  };

  it("returns the same values", () => {
    assert.deepEqual(parseDotenv(renderDotenv(values)), values);
  });

  it("is read by firebase-tools with the same values", () => {
    assert.deepEqual(firebaseToolsParse(renderDotenv(values)), values);
  });

  it("refuses values that a line cannot hold", () => {
    assert.throws(() => renderDotenv({ A: "it's" }), /A contains/);
    assert.throws(() => renderDotenv({ A: "two\nlines" }), /A contains/);
  });

  it("is read with comments, blank lines and unquoted values", () => {
    const text = '# mine\n\n A = plain \nB="quoted"\r\nnot a line\n';
    assert.deepEqual(parseDotenv(text), { A: "plain", B: "quoted" });
  });
});

describe("the functions' params", () => {
  it("point to the local Spotify at its port", () => {
    const ports = choosePorts({ AMBIENT_PORT_SPOTIFY: "4711" });
    const params = functionsParams(ports, { audienceIntervalSeconds: 2, sound: false });
    assert.equal(params.SPOTIFY_ACCOUNTS_URL, "http://127.0.0.1:4711");
    assert.equal(params.SPOTIFY_API_URL, "http://127.0.0.1:4711/v1");
    assert.equal(params.AUDIENCE_INTERVAL_SECONDS, "2");
    assert.deepEqual(parseJson(params.SPOTIFY_REDIRECT_URIS ?? ""), redirectUris(ports));
  });

  it("allow redirects to the demo at its port", () => {
    const uris = redirectUris(choosePorts({ AMBIENT_PORT_HOSTING: "4714" }));
    assert.ok(uris.includes("http://127.0.0.1:4714/callback"));
    assert.ok(uris.includes("ambient://callback"));
  });

  it("send apps to LiveKit and the functions to its proxy", () => {
    const ports = choosePorts({ AMBIENT_PORT_LIVEKIT: "4712", AMBIENT_PORT_LIVEKIT_PROXY: "4713" });
    const params = functionsParams(ports, { audienceIntervalSeconds: 2, sound: true });
    assert.equal(params.AUDIO_PROVIDER, "livekit");
    assert.equal(params.LIVEKIT_URL, "ws://127.0.0.1:4712");
    assert.equal(params.LIVEKIT_API_URL, "http://127.0.0.1:4713");
    assert.equal(params.LIVEKIT_API_KEY, LIVEKIT_API_KEY);
  });

  it("say `none` and name no address without LiveKit", () => {
    const params = functionsParams(choosePorts({}), { audienceIntervalSeconds: 2, sound: false });
    assert.equal(params.AUDIO_PROVIDER, "none");
    assert.equal(params.LIVEKIT_URL, "");
    assert.equal(params.LIVEKIT_API_URL, "");
  });

  it("keep production's host grace by default", () => {
    const ports = choosePorts({});
    const settings = { audienceIntervalSeconds: 2, sound: true };
    assert.equal(functionsParams(ports, settings).HOST_GRACE_SECONDS, undefined);
    const short = functionsParams(ports, { ...settings, hostGraceSeconds: 3 });
    assert.equal(short.HOST_GRACE_SECONDS, "3");
  });
});

describe("the functions' secrets", () => {
  let directory: string;
  let file: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "ambient-secrets-"));
    file = join(directory, ".secret.local");
  });
  afterEach(() => rm(directory, { recursive: true }));

  it("are generated once, at random, and readable only by the owner", async () => {
    const made = await provideSecrets(file);
    assert.deepEqual(await provideSecrets(file), made);
    assert.match(made.spotifyClientSecret, /^[0-9a-f]{32}$/);
    assert.match(made.livekitApiSecret, /^[0-9a-f]{64}$/);
    const keys = recordOf(parseJson((await secrets()).SPOTIFY_CREDENTIAL_KEYS ?? ""));
    assert.equal(Buffer.from(String(keys["1"]), "base64").length, 32);
    if (process.platform !== "win32") assert.equal((await stat(file)).mode & 0o777, 0o600);
  });

  it("are the same for two simultaneous calls", async () => {
    const [one, other] = await Promise.all([provideSecrets(file), provideSecrets(file)]);
    assert.deepEqual(one, other);
  });

  it("are kept, and missing ones are added", async () => {
    await writeFile(file, "# mine\nSPOTIFY_CLIENT_SECRET=chosen");
    const { spotifyClientSecret } = await provideSecrets(file);
    assert.equal(spotifyClientSecret, "chosen");
    assert.match(await readFile(file, "utf8"), /^# mine\nSPOTIFY_CLIENT_SECRET=chosen\n/);
    assert.ok((await secrets()).SPOTIFY_CREDENTIAL_KEYS);
  });

  async function secrets(): Promise<Readonly<Record<string, string>>> {
    return parseDotenv(await readFile(file, "utf8"));
  }
});

function firebaseToolsParse(text: string): unknown {
  const parser: unknown = createRequire(import.meta.url)("firebase-tools/lib/functions/env.js");
  const parse = isRecord(parser) ? parser.parseStrict : undefined;
  assert.ok(typeof parse === "function", "firebase-tools still parses its env files there");
  return Reflect.apply(parse, undefined, [text]);
}
