import assert from "node:assert/strict";
import { AccessToken } from "livekit-server-sdk";
import { createHash, createHmac } from "node:crypto";
import { livekitEvents, UnsignedEvent } from "../../src/audio/livekitEvents.js";

const apiKey = "key";
const apiSecret = "a-secret-of-thirty-two-characters-or-more";
const receive = livekitEvents(apiKey, apiSecret);

const event = (name: string, more: object = {}) =>
  JSON.stringify({
    event: name,
    id: "EV_1",
    createdAt: "1764015600",
    room: { sid: "RM_1", name: "show-1" },
    participant: {
      sid: "PA_1",
      identity: "spotify_dan",
      joinedAtMs: "1764015599123",
      metadata: JSON.stringify({ role: "speaker" }),
      permission: { canPublish: true, canSubscribe: true },
    },
    ...more,
  });
const joined = event("participant_joined");

const sha256 = (body: string) => createHash("sha256").update(body).digest("base64");

/** As LiveKit signs: a token that carries the body's hash. */
async function signature(
  body: string,
  { key = apiKey, secret = apiSecret, ttl = "5m" } = {},
): Promise<string> {
  const token = new AccessToken(key, secret, { ttl });
  token.sha256 = sha256(body);
  return token.toJwt();
}

/** A token with claims of one's own choosing, rightly signed all the same. */
function tokenOf(claims: object, { alg = "HS256", secret = apiSecret } = {}): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg, typ: "JWT" })}.${part(claims)}`;
  const mac = createHmac("sha256", secret).update(signed).digest("base64url");
  return `${signed}.${alg === "none" ? "" : mac}`;
}
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;
const rightClaims = () => ({
  iss: apiKey,
  nbf: inSeconds(-1),
  exp: inSeconds(60),
  sha256: sha256(joined),
});

describe("a webhook of LiveKit's", () => {
  describe("is read", () => {
    for (const [name, expected] of [
      [
        "participant_joined",
        {
          kind: "joined",
          role: "speaker",
          canPublish: true,
          connectedAt: 1_764_015_599_123,
        },
      ],
      ["participant_left", { kind: "left", connectedAt: 1_764_015_599_123 }],
      ["track_published", { kind: "published", isVoice: true }],
    ] as const) {
      it(`as ${expected.kind} when it tells of ${name}`, async () => {
        const body = event(name);
        assert.deepEqual(await receive(body, await signature(body)), {
          showId: "show-1",
          uid: "spotify_dan",
          ...expected,
        });
      });
    }

    for (const [what, track, isVoice] of [
      ["a voice", { source: "MICROPHONE" }, true],
      ["a voice, said in so many words", { type: "AUDIO", source: "MICROPHONE" }, true],
      ["a camera", { type: "VIDEO", source: "CAMERA" }, false],
      [
        "pictures that call themselves a microphone",
        { type: "VIDEO", source: "MICROPHONE" },
        false,
      ],
      ["a screen", { type: "VIDEO", source: "SCREEN_SHARE" }, false],
      ["a screen's sound", { source: "SCREEN_SHARE_AUDIO" }, false],
      ["sound from nowhere", {}, false],
      ["data", { type: "DATA", source: "MICROPHONE" }, false],
    ] as const) {
      it(`as published, ${isVoice ? "and" : "but no"} voice, when it tells of ${what}`, async () => {
        const body = event("track_published", { track: { sid: "TR_1", ...track } });
        assert.deepEqual(await receive(body, await signature(body)), {
          kind: "published",
          isVoice,
          showId: "show-1",
          uid: "spotify_dan",
        });
      });
    }

    it("as finished when it tells of room_finished", async () => {
      const body = event("room_finished", { participant: undefined });
      assert.deepEqual(await receive(body, await signature(body)), {
        kind: "finished",
        showId: "show-1",
      });
    });

    it("as joined without the right to publish where it names no rights", async () => {
      const body = event("participant_joined", { participant: { identity: "spotify_dan" } });
      assert.deepEqual(await receive(body, await signature(body)), {
        kind: "joined",
        showId: "show-1",
        uid: "spotify_dan",
        connectedAt: 0,
        role: null,
        canPublish: false,
      });
    });

    for (const [what, body] of [
      ["another event", event("room_started")],
      ["an event that nobody has heard of", event("participant_danced", { mood: "high" })],
      ["an event without a name", event("")],
      ["no room", event("participant_joined", { room: undefined })],
      ["a room without a name", event("participant_joined", { room: { sid: "RM_1" } })],
      ["nobody", event("participant_joined", { participant: undefined })],
      ["somebody without an identity", event("participant_left", { participant: { sid: "PA_1" } })],
      ["a room that no show can be", event("room_finished", { room: { name: "a/b" } })],
      [
        "somebody that nobody can be",
        event("participant_left", { participant: { identity: "a/b" } }),
      ],
      ["nothing at all", "{}"],
    ] as const) {
      it(`as nothing to follow when it tells of ${what}`, async () => {
        assert.equal(await receive(body, await signature(body)), null);
      });
    }

    it("with the signature made by hand, so that the forgeries below differ in one thing each", async () => {
      assert.ok(await receive(joined, tokenOf(rightClaims())));
    });
  });

  describe("is refused", () => {
    const forgeries: Record<string, () => Promise<string> | string | undefined> = {
      "without a signature": () => undefined,
      "with an empty one": () => "",
      "with something that is none": () => "Bearer none",
      "signed with another secret": () =>
        signature(joined, { secret: "another-secret-of-thirty-two-characters" }),
      "signed by another key": () => signature(joined, { key: "another-key" }),
      "signed for another body": () => signature(event("participant_left")),
      "signed for the same body with a space more": () => signature(`${joined} `),
      "signed too long ago": () => signature(joined, { ttl: "1 minute ago" }),
      "signed for later": () => tokenOf({ ...rightClaims(), nbf: inSeconds(60) }),
      "signed for ever": () => tokenOf({ ...rightClaims(), exp: undefined }),
      "signed without the body's hash": () => tokenOf({ ...rightClaims(), sha256: undefined }),
      "not signed, and saying so": () => tokenOf(rightClaims(), { alg: "none" }),
      "with the token that an app connects with": () => {
        const token = new AccessToken(apiKey, apiSecret, { identity: "spotify_dan", ttl: 120 });
        token.addGrant({ room: "show-1", roomJoin: true });
        return token.toJwt();
      },
    };
    for (const [how, forge] of Object.entries(forgeries)) {
      it(how, async () => {
        await assert.rejects(receive(joined, await forge()), UnsignedEvent);
      });
    }

    for (const [what, body] of [
      ["not JSON", "participant_joined"],
      ["cut off", joined.slice(0, -1)],
      ["empty", ""],
      ["a list", "[]"],
      ["of another shape", JSON.stringify({ event: 7, room: "show-1" })],
    ] as const) {
      it(`when it is ${what}, whoever signed it`, async () => {
        await assert.rejects(receive(body, await signature(body)), UnsignedEvent);
      });
    }

    it("where no key is configured: nobody signs with an empty one", async () => {
      const unconfigured = livekitEvents("", "");
      const claims = { ...rightClaims(), iss: "" };
      for (const token of [
        tokenOf(claims, { secret: "" }),
        tokenOf({ ...claims, iss: undefined }, { secret: "" }),
        tokenOf(claims, { alg: "none" }),
        await signature(joined),
      ]) {
        await assert.rejects(unconfigured(joined, token), UnsignedEvent);
      }
    });
  });
});
