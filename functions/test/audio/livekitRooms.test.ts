import assert from "node:assert/strict";
import { ParticipantInfo, Room } from "livekit-server-sdk";
import { json } from "../../../local/http/answer.js";
import { listen, type Listening } from "../../../local/http/listen.js";
import { livekitRooms } from "../../src/audio/livekitRooms.js";
import { systemClock } from "../../src/clock.js";
import type { AudioRooms } from "../../src/ports/audioRooms.js";
import { refuses } from "../support/refuses.js";

const listener = { identity: "spotify_dan", metadata: JSON.stringify({ role: "listener" }) };

/** Against a server that answers as LiveKit's API does. */
describe("livekitRooms", () => {
  let server: Listening;
  let rooms: AudioRooms;
  let participants: ParticipantInfo[];
  let listed: Room[];
  let found: ParticipantInfo | undefined;
  let failure: ReturnType<typeof json> | undefined;
  const requests: string[] = [];

  before(async () => {
    server = await listen({
      name: "LiveKit's API",
      host: "127.0.0.1",
      port: 0,
      serve: async (message, response) => {
        message.resume();
        const method = message.url?.split("/").at(-1) ?? "";
        requests.push(method);
        const { status, headers, body } = answerTo(method);
        await new Promise<void>((sent) => response.writeHead(status, headers).end(body, sent));
      },
    });
    rooms = livekitRooms({
      url: "ws://livekit.test",
      apiUrl: server.url,
      apiKey: "key",
      apiSecret: "a-secret-of-thirty-two-characters-or-more",
      clock: systemClock,
      callsPerMinute: 0,
    });
  });
  after(() => server.close());
  beforeEach(() => {
    participants = [];
    listed = [];
    found = undefined;
    failure = undefined;
    requests.length = 0;
  });

  const answerTo = (method: string) => {
    if (failure) return failure;
    switch (method) {
      case "ListParticipants":
        return json(200, { participants: participants.map((one) => one.toJson()) });
      case "ListRooms":
        return json(200, { rooms: listed.map((room) => room.toJson()) });
      default:
        return found ? json(200, found.toJson()) : json(404, { code: "not_found", msg: "nobody" });
    }
  };

  it("waits long enough for LiveKit Cloud's other regions, and longer for a room's whole list", async () => {
    const timeouts: number[] = [];
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = (ms) => {
      timeouts.push(ms);
      return timeout(ms);
    };
    try {
      found = new ParticipantInfo(listener);
      const place = { role: "listener", canPublish: false } as const;
      await rooms.open("show-1");
      await rooms.list();
      await rooms.find("show-1", "spotify_dan");
      await rooms.permit("show-1", "spotify_dan", place);
      await rooms.mute("show-1", "spotify_dan");
      await rooms.remove("show-1", "spotify_dan");
      await rooms.close("show-1");
      assert.equal(timeouts.length, requests.length);
      // Below 5 s the SDK asks no other region.
      assert.deepEqual([...new Set(timeouts)], [5_000]);
      timeouts.length = 0;
      participants = [found];
      await rooms.look("show-1");
      assert.deepEqual(timeouts, [10_000]);
    } finally {
      AbortSignal.timeout = timeout;
    }
  });

  for (const [how, answer] of [
    ["a refusal of the key", json(401, { code: "unauthenticated", msg: "invalid token" })],
    ["too many requests", json(429, { code: "resource_exhausted", msg: "slow down" })],
    ["an error", json(500, { code: "internal", msg: "broken" })],
  ] as const) {
    it(`does not treat ${how} as the answer that a person or a room does not exist`, async () => {
      failure = answer;
      const place = { role: "listener", canPublish: false } as const;
      for (const call of [
        rooms.find("show-1", "spotify_dan"),
        rooms.look("show-1"),
        rooms.permit("show-1", "spotify_dan", place),
        rooms.remove("show-1", "spotify_dan"),
        rooms.close("show-1"),
      ]) {
        await assert.rejects(call, refuses("AUDIO_UNAVAILABLE"));
      }
    });
  }

  it("reads a room with one request, and reports a time by which it existed", async () => {
    participants = [
      new ParticipantInfo({ ...listener, joinedAtMs: 7_000n }),
      new ParticipantInfo({ ...listener, identity: "spotify_eve", joinedAtMs: 5_000n }),
    ];
    const room = await rooms.look("show-1");
    assert.equal(room?.since, 5_000);
    assert.deepEqual(
      room.connected.map(({ uid }) => uid),
      ["spotify_dan", "spotify_eve"],
    );
    assert.deepEqual(requests, ["ListParticipants"]);
  });

  it("sees people alone, and not LiveKit's own participants", async () => {
    const kinds = ["EGRESS", "INGRESS", "AGENT", "SIP"];
    participants = [
      new ParticipantInfo({ ...listener, joinedAtMs: 7_000n }),
      ...kinds.map((kind) =>
        ParticipantInfo.fromJson({ identity: kind, kind, joinedAtMs: "9000" }),
      ),
    ];
    const room = await rooms.look("show-1");
    assert.deepEqual(
      room?.connected.map(({ uid }) => uid),
      ["spotify_dan"],
    );
    found = participants[0];
    assert.equal((await rooms.find("show-1", "spotify_dan"))?.uid, "spotify_dan");
    found = participants[1];
    assert.equal(await rooms.find("show-1", "EGRESS"), null);
    participants = participants.slice(1);
    assert.deepEqual(await rooms.look("show-1"), { since: 9_000, connected: [] });
  });

  it("distinguishes an empty room from a missing one with a second request", async () => {
    assert.equal(await rooms.look("show-1"), null);
    listed = [new Room({ name: "show-1", creationTimeMs: 3_000n })];
    assert.deepEqual(await rooms.look("show-1"), { since: 3_000, connected: [] });
    assert.deepEqual(requests, ["ListParticipants", "ListRooms", "ListParticipants", "ListRooms"]);
  });

  it("lists all rooms with their numbers of participants in one request", async () => {
    listed = [
      new Room({ name: "show-1", creationTimeMs: 3_000n, numParticipants: 2 }),
      new Room({ name: "show-2", creationTimeMs: 4_000n }),
    ];
    assert.deepEqual(await rooms.list(), [
      { showId: "show-1", since: 3_000, participants: 2 },
      { showId: "show-2", since: 4_000, participants: 0 },
    ]);
    assert.deepEqual(requests, ["ListRooms"]);
  });
});
