import assert from "node:assert/strict";

import { spotifyId } from "../../spotify/catalogue/spotifyId.js";
import { devices, playerState } from "./shapes.js";
import { apiError, useSpotifyHarness } from "./support.js";

const scopes = ["user-read-playback-state", "user-modify-playback-state"];
const done = { status: 204, body: "" };
const restricted = playerError(403, "Restriction violated", "UNKNOWN");
const noDevice = playerError(404, "No active device found", "NO_ACTIVE_DEVICE");
const noPremium = playerError(403, "Premium required", "PREMIUM_REQUIRED");

function playerError(status: number, message: string, reason: string) {
  return {
    status,
    body: { error: { status, message: `Player command failed: ${message}`, reason } },
  };
}

// 214 s, 187.5 s and 251.3 s.
const uris = ["5W3cjX2J3tjhG8zb6u0qHn", "0VjIjW4GlUZAMYd2vXMi3b", "7qiZfU4dY1lWllzX7mPBI3"].map(
  (id) => `spotify:track:${id}`,
);
const [first, second, third] = uris;
const withdrawn = `spotify:track:${spotifyId("nowhere Withdrawn")}`;
const phone = { id: "phone", name: "Phone", active: true };
const speaker = { id: "speaker", name: "Kitchen", type: "Speaker" as const };

describe("PUT /v1/me/player/play", () => {
  const harness = useSpotifyHarness();
  const heard = async (persona = "listener-dan") => {
    const { uri, positionMs, playing } = await harness().control.player(persona);
    // Real time passes as well.
    return [uri, Math.floor(positionMs / 1000), playing];
  };

  it("plays a queue from its start", async () => {
    const dan = await harness().as("listener-dan", scopes);
    assert.deepEqual(await dan("PUT /me/player/play", { uris }), done);
    assert.deepEqual(await heard(), [first, 0, true]);
    assert.deepEqual((await harness().control.player("listener-dan")).uris, uris);
  });

  it("plays from a track and a position", async () => {
    const dan = await harness().as("listener-dan", scopes);
    for (const offset of [{ position: 1 }, { uri: second }]) {
      const body = { uris, offset, position_ms: 61_000 };
      assert.deepEqual(await dan("PUT /me/player/play", body), done);
      assert.deepEqual(await heard(), [second, 61, true]);
    }
  });

  it("continues by itself, skips unplayable tracks, and stops after the last one", async () => {
    const dan = await harness().as("listener-dan", scopes);
    await dan("PUT /me/player/play", { uris: [first, withdrawn, second], position_ms: 200_000 });
    await harness().control.advanceClock(15_000);
    assert.deepEqual(await heard(), [second, 1, true]);
    await harness().control.advanceClock(190_000);
    assert.deepEqual(await heard(), [first, 0, false]);
  });

  it("starts the next track if the position is past the end", async () => {
    const dan = await harness().as("listener-dan", scopes);
    await dan("PUT /me/player/play", { uris, position_ms: 400_000 });
    assert.deepEqual(await heard(), [second, 0, true]);
  });

  it("resumes without URIs", async () => {
    const dan = await harness().as("listener-dan", scopes);
    assert.deepEqual(await dan("PUT /me/player/play"), restricted);
    await dan("PUT /me/player/play", { uris, position_ms: 30_000 });
    assert.deepEqual(await dan("PUT /me/player/play"), restricted);
    await dan("PUT /me/player/pause");
    await harness().control.advanceClock(60_000);
    assert.deepEqual(await heard(), [first, 30, false]);
    assert.deepEqual(await dan("PUT /me/player/play", {}), done);
    assert.deepEqual(await heard(), [first, 30, true]);
  });

  it("plays on the given device, which becomes active", async () => {
    await harness().control.setDevices("listener-dan", [phone, speaker]);
    const dan = await harness().as("listener-dan", scopes);
    assert.deepEqual(await dan("PUT /me/player/play?device_id=speaker", { uris }), done);
    const { devices: after, commands } = await harness().control.player("listener-dan");
    assert.deepEqual(
      after.map(({ id, active }) => [id, active]),
      [
        ["phone", false],
        ["speaker", true],
      ],
    );
    assert.equal(commands.at(-1)?.deviceId, "speaker");
    await dan("PUT /me/player/pause");
    assert.equal(
      (await harness().control.player("listener-dan")).commands.at(-1)?.deviceId,
      "speaker",
    );
  });

  it("requires a device", async () => {
    const dan = await harness().as("listener-dan", scopes);
    await harness().control.setDevices("listener-dan", []);
    assert.deepEqual(await dan("PUT /me/player/play", { uris }), noDevice);
    await harness().control.setDevices("listener-dan", [speaker]);
    assert.deepEqual(await dan("PUT /me/player/play", { uris }), noDevice);
    assert.deepEqual(
      await dan("PUT /me/player/play?device_id=phone", { uris }),
      apiError(404, "Device not found"),
    );
    assert.deepEqual(await dan("PUT /me/player/play?device_id=speaker", { uris }), done);
  });

  it("requires Premium before anything else", async () => {
    for (const persona of ["creator-cleo", "listener-eve", "listener-gus"]) {
      const someone = await harness().as(persona, scopes);
      for (const line of ["play", "pause", "seek?position_ms=1", "play?device_id=none"]) {
        assert.deepEqual(await someone(`PUT /me/player/${line}`, { uris }), noPremium);
      }
      assert.deepEqual((await harness().control.player(persona)).commands, []);
    }
  });

  it("refuses unplayable tracks and keeps playing", async () => {
    const dan = await harness().as("listener-dan", scopes);
    await dan("PUT /me/player/play", { uris });
    const unknown = `spotify:track:${"0".repeat(22)}`;
    for (const uri of [withdrawn, unknown]) {
      assert.deepEqual(await dan("PUT /me/player/play", { uris: [uri, second] }), restricted);
    }
    await harness().control.setDevices("listener-dan", [{ ...phone, restricted: true }]);
    assert.deepEqual(await dan("PUT /me/player/play", { uris: [second] }), restricted);
    assert.deepEqual(await heard(), [first, 0, true]);
  });

  it("refuses invalid bodies", async () => {
    const dan = await harness().as("listener-dan", scopes);
    for (const [body, message] of [
      ["{", "Malformed json"],
      [[], "Malformed json"],
      [{ uris: first }, "Malformed json"],
      [{ uris, position_ms: -1 }, "Malformed json"],
      [{ uris, position_ms: 1.5 }, "Malformed json"],
      [{ uris, offset: {} }, 'At least one of "uri" or "position" should be specified'],
      [{ uris, offset: { position: 3 } }, "position out of range"],
      [{ uris: [], offset: { position: 0 } }, "position out of range"],
      [{ uris: ["harbour"] }, "Invalid track uri: harbour"],
      [{ uris: ["spotify:local:a:b:c:1"] }, "Invalid track uri: spotify:local:a:b:c:1"],
      [{ context_uri: "spotify:playlist:x" }, "Non supported context uri"],
    ] as const) {
      assert.deepEqual(await dan("PUT /me/player/play", body), apiError(400, message));
    }
    assert.deepEqual((await harness().control.player("listener-dan")).commands, []);
  });

  it("accepts at most 16 KiB, which is about 400 tracks", async () => {
    const dan = await harness().as("listener-dan", scopes);
    const queue = (length: number) => ({ uris: Array.from({ length }, () => first) });
    assert.deepEqual(await dan("PUT /me/player/play", queue(400)), done);
    assert.deepEqual(await dan("PUT /me/player/play", queue(500)), {
      status: 413,
      body: "Payload Too Large",
    });
  });
});

describe("PUT /v1/me/player/pause and /seek", () => {
  const harness = useSpotifyHarness();

  it("pauses once", async () => {
    const dan = await harness().as("listener-dan", scopes);
    assert.deepEqual(await dan("PUT /me/player/pause"), restricted);
    await dan("PUT /me/player/play", { uris });
    assert.deepEqual(await dan("PUT /me/player/pause"), done);
    assert.deepEqual(await dan("PUT /me/player/pause"), restricted);
  });

  it("seeks while playing or paused, and past the end to the next track", async () => {
    const dan = await harness().as("listener-dan", scopes);
    const position = async () => {
      const { uri, positionMs, playing } = await harness().control.player("listener-dan");
      return [uri, Math.floor(positionMs / 1000), playing];
    };
    assert.deepEqual(await dan("PUT /me/player/seek?position_ms=1"), restricted);
    await dan("PUT /me/player/play", { uris, offset: { position: 1 } });
    assert.deepEqual(await dan("PUT /me/player/seek?position_ms=90000"), done);
    assert.deepEqual(await position(), [second, 90, true]);
    await dan("PUT /me/player/pause");
    assert.deepEqual(await dan("PUT /me/player/seek?position_ms=10000"), done);
    assert.deepEqual(await position(), [second, 10, false]);
    assert.deepEqual(await dan("PUT /me/player/seek?position_ms=999999"), done);
    assert.deepEqual(await position(), [third, 0, false]);
  });

  it("refuses an invalid position", async () => {
    const dan = await harness().as("listener-dan", scopes);
    const missing = apiError(400, "Missing required field: position_ms");
    assert.deepEqual(await dan("PUT /me/player/seek"), missing);
    for (const wrong of ["-1", "1.5", "soon"]) {
      const reply = await dan(`PUT /me/player/seek?position_ms=${wrong}`);
      assert.deepEqual(reply, apiError(400, "Invalid position_ms"));
    }
  });

  it("requires a device", async () => {
    const dan = await harness().as("listener-dan", scopes);
    await dan("PUT /me/player/play", { uris });
    await harness().control.setDevices("listener-dan", []);
    for (const line of ["pause", "seek?position_ms=1"]) {
      assert.deepEqual(await dan(`PUT /me/player/${line}`), noDevice);
    }
  });
});

describe("GET /v1/me/player and /devices", () => {
  const harness = useSpotifyHarness();

  it("lists a phone for everyone but Gus", async () => {
    for (const [persona, names] of [
      ["listener-dan", ["Phone"]],
      ["listener-eve", ["Phone"]],
      ["listener-gus", []],
    ] as const) {
      const someone = await harness().as(persona, scopes);
      const found = devices.parse((await someone("GET /me/player/devices")).body).devices;
      assert.deepEqual(
        found.map(({ name }) => name),
        names,
      );
      assert(found.every(({ is_active, is_restricted }) => is_active && !is_restricted));
    }
  });

  it("lists inactive and restricted devices", async () => {
    const dan = await harness().as("listener-dan", scopes);
    const car = { id: "car", name: "Car", active: true, restricted: true };
    const listed = async () =>
      devices
        .parse((await dan("GET /me/player/devices")).body)
        .devices.map(({ id, type, is_active, is_restricted }) => [
          id,
          type,
          is_active,
          is_restricted,
        ]);
    await harness().control.setDevices("listener-dan", [speaker, car]);
    assert.deepEqual(await listed(), [
      ["speaker", "Speaker", false, false],
      ["car", "Smartphone", true, true],
    ]);
    assert.deepEqual(await dan("PUT /me/player/play", { uris }), restricted);
    assert.deepEqual(await dan("PUT /me/player/play?device_id=speaker", { uris }), done);
    assert.deepEqual(await listed(), [
      ["speaker", "Speaker", true, false],
      ["car", "Smartphone", false, true],
    ]);
  });

  it("reports a restricted device that plays", async () => {
    const dan = await harness().as("listener-dan", scopes);
    await dan("PUT /me/player/play", { uris });
    await harness().control.setDevices("listener-dan", [{ ...phone, restricted: true }]);
    const state = playerState.parse((await dan("GET /me/player")).body);
    assert.deepEqual([state.is_playing, state.device.is_restricted], [true, true]);
  });

  it("reports the track, the device and the position", async () => {
    const dan = await harness().as("listener-dan", scopes);
    assert.deepEqual(await dan("GET /me/player"), done);
    await dan("PUT /me/player/play", { uris, offset: { position: 2 }, position_ms: 5_000 });
    await harness().control.advanceClock(20_000);
    const state = playerState.parse((await dan("GET /me/player?market=US")).body);
    assert.equal(state.is_playing, true);
    assert.deepEqual([state.item?.uri, state.item?.is_playable], [third, true]);
    assert.equal(Math.floor(state.progress_ms / 1000), 25);
    assert.equal(state.device.name, "Phone");
  });

  it("stops when its device disappears, and does not resume on another", async () => {
    const dan = await harness().as("listener-dan", scopes);
    await dan("PUT /me/player/play", { uris });
    await harness().control.setDevices("listener-dan", []);
    assert.deepEqual(await dan("GET /me/player"), done);
    await harness().control.setDevices("listener-dan", [{ ...speaker, active: true }]);
    const state = playerState.parse((await dan("GET /me/player")).body);
    assert.equal(state.is_playing, false);
    assert.equal(state.item?.uri, first);
  });

  it("reports missing scopes in the player's own format", async () => {
    const missing = apiError(401, "Permissions missing");
    const reader = await harness().as("listener-dan", ["user-read-playback-state"]);
    const writer = await harness().as("listener-dan", ["user-modify-playback-state", "streaming"]);
    for (const line of ["play", "pause", "seek?position_ms=1"]) {
      assert.deepEqual(await reader(`PUT /me/player/${line}`, { uris }), missing);
    }
    assert.deepEqual(await writer("GET /me/player"), missing);
    assert.deepEqual(await writer("GET /me/player/devices"), missing);
    assert.deepEqual((await harness().control.player("listener-dan")).commands, []);
  });
});
