import assert from "node:assert/strict";
import { AccessToken, ParticipantInfo } from "livekit-server-sdk";
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

/** Signs as LiveKit does: a token that contains the body's hash. */
async function signature(
  body: string,
  { key = apiKey, secret = apiSecret, ttl = "5m" } = {},
): Promise<string> {
  const token = new AccessToken(key, secret, { ttl });
  token.sha256 = sha256(body);
  return token.toJwt();
}

/** A correctly signed token with arbitrary claims. */
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

describe("a LiveKit webhook", () => {
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
      it(`as ${expected.kind} for ${name}`, async () => {
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
      ["a voice with an explicit type", { type: "AUDIO", source: "MICROPHONE" }, true],
      ["a camera", { type: "VIDEO", source: "CAMERA" }, false],
      ["pictures with the source microphone", { type: "VIDEO", source: "MICROPHONE" }, false],
      ["a screen", { type: "VIDEO", source: "SCREEN_SHARE" }, false],
      ["a screen's sound", { source: "SCREEN_SHARE_AUDIO" }, false],
      ["sound without a source", {}, false],
      ["data", { type: "DATA", source: "MICROPHONE" }, false],
    ] as const) {
      it(`as published ${isVoice ? "with" : "without"} a voice for ${what}`, async () => {
        const body = event("track_published", { track: { sid: "TR_1", ...track } });
        assert.deepEqual(await receive(body, await signature(body)), {
          kind: "published",
          isVoice,
          showId: "show-1",
          uid: "spotify_dan",
        });
      });
    }

    it("as finished for room_finished", async () => {
      const body = event("room_finished", { participant: undefined });
      assert.deepEqual(await receive(body, await signature(body)), {
        kind: "finished",
        showId: "show-1",
      });
    });

    it("as joined without the permission to publish if it names no permissions", async () => {
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
      ["an unknown event", event("participant_danced", { mood: "high" })],
      ["an event without a name", event("")],
      ["no room", event("participant_joined", { room: undefined })],
      ["a room without a name", event("participant_joined", { room: { sid: "RM_1" } })],
      ["nobody", event("participant_joined", { participant: undefined })],
      [
        "a participant without an identity",
        event("participant_left", { participant: { sid: "PA_1" } }),
      ],
      ["a room whose name is no show id", event("room_finished", { room: { name: "a/b" } })],
      [
        "a participant whose identity is no uid",
        event("participant_left", { participant: { identity: "a/b" } }),
      ],
      ["an empty event", "{}"],
    ] as const) {
      it(`as null for ${what}`, async () => {
        assert.equal(await receive(body, await signature(body)), null);
      });
    }

    for (const kind of ["EGRESS", "INGRESS", "AGENT", "SIP", "CONNECTOR"]) {
      it(`as null for LiveKit's own participant of the kind ${kind}`, async () => {
        // By the real protocol type, which would reject an unknown kind.
        const participant = ParticipantInfo.fromJson({ identity: "EG_1", kind });
        assert.notEqual(participant.kind, new ParticipantInfo().kind);
        for (const name of ["participant_joined", "participant_left", "track_published"]) {
          const body = event(name, { participant: participant.toJson() });
          assert.equal(await receive(body, await signature(body)), null);
        }
      });
    }

    it("for a participant of the standard kind", async () => {
      const participant = ParticipantInfo.fromJson({ identity: "spotify_dan", kind: "STANDARD" });
      const body = event("participant_left", { participant: participant.toJson() });
      assert.equal((await receive(body, await signature(body)))?.kind, "left");
    });

    it("with a handmade signature, so that each forgery below differs in only one thing", async () => {
      assert.ok(await receive(joined, tokenOf(rightClaims())));
    });
  });

  describe("is refused", () => {
    const forgeries: Record<string, () => Promise<string> | string | undefined> = {
      "without a signature": () => undefined,
      "with an empty signature": () => "",
      "with an invalid signature": () => "Bearer none",
      "signed with another secret": () =>
        signature(joined, { secret: "another-secret-of-thirty-two-characters" }),
      "signed with another key": () => signature(joined, { key: "another-key" }),
      "signed for another body": () => signature(event("participant_left")),
      "signed for the same body plus a space": () => signature(`${joined} `),
      "signed too long ago": () => signature(joined, { ttl: "1 minute ago" }),
      "signed for a later time": () => tokenOf({ ...rightClaims(), nbf: inSeconds(60) }),
      "signed without an expiry": () => tokenOf({ ...rightClaims(), exp: undefined }),
      "signed without the body's hash": () => tokenOf({ ...rightClaims(), sha256: undefined }),
      "with the algorithm none": () => tokenOf(rightClaims(), { alg: "none" }),
      "with a token that an app uses to connect": () => {
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
      it(`when its body is ${what}, even with a valid signature`, async () => {
        await assert.rejects(receive(body, await signature(body)), UnsignedEvent);
      });
    }

    it("when no key is configured, because an empty key signs nothing", async () => {
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
