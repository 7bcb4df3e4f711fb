import assert from "node:assert/strict";

import { z } from "zod";

import { relinked } from "../../spotify/catalogue/namedTracks.js";
import { spotifyId } from "../../spotify/catalogue/spotifyId.js";
import { devices, playerQueue, playerState } from "./shapes.js";
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

describe("the player's other commands", () => {
  const harness = useSpotifyHarness();
  const everyCommand = [
    "POST /me/player/next",
    "POST /me/player/previous",
    "PUT /me/player/shuffle?state=true",
    "PUT /me/player/repeat?state=off",
    "PUT /me/player/volume?volume_percent=5",
    `POST /me/player/queue?uri=${first ?? ""}`,
  ];
  const player = async () => {
    const { uri, positionMs, playing } = await harness().control.player("listener-dan");
    return [uri, Math.floor(positionMs / 1000), playing];
  };

  it("require Premium, a device and their scope", async () => {
    const eve = await harness().as("listener-eve", scopes);
    const dan = await harness().as("listener-dan", scopes);
    const reader = await harness().as("listener-dan", ["user-read-playback-state"]);
    await harness().control.setDevices("listener-dan", []);
    for (const line of everyCommand) {
      assert.deepEqual(await eve(line), noPremium, line);
      assert.deepEqual(await dan(line), noDevice, line);
      assert.deepEqual(await reader(line), apiError(401, "Permissions missing"), line);
    }
    const transfer = { device_ids: ["speaker"] };
    assert.deepEqual(await eve("PUT /me/player", transfer), noPremium);
    assert.deepEqual(await dan("PUT /me/player", transfer), apiError(404, "Device not found"));
    await harness().control.setDevices("listener-dan", [{ ...phone, restricted: true }]);
    for (const line of everyCommand) assert.deepEqual(await dan(line), restricted, line);
    assert.deepEqual((await harness().control.player("listener-dan")).commands, []);
  });

  it("skip, and queue tracks after the current one", async () => {
    const dan = await harness().as("listener-dan", scopes);
    assert.deepEqual(await dan("POST /me/player/next"), restricted);
    await dan("PUT /me/player/play", { uris: [first, second] });
    assert.deepEqual(await dan(`POST /me/player/queue?uri=${third ?? ""}`), done);
    assert.deepEqual(await dan(`POST /me/player/queue?uri=${first ?? ""}`), done);
    const queue = async () => {
      const { body } = await dan("GET /me/player/queue");
      const { currently_playing, queue } = playerQueue.parse(body);
      return [currently_playing, ...queue].map((item) => item?.uri);
    };
    assert.deepEqual(await queue(), [first, third, first, second]);
    assert.deepEqual(await dan("POST /me/player/next"), done);
    assert.deepEqual(await player(), [third, 0, true]);
    await dan(`POST /me/player/queue?uri=${second ?? ""}`);
    assert.deepEqual(await queue(), [third, first, second, second]);
    await harness().control.advanceClock(252_000);
    assert.deepEqual(await player(), [first, 0, true]);
    assert.deepEqual(await dan("POST /me/player/previous"), done);
    assert.deepEqual(await player(), [third, 0, true]);
    for (const [line, message] of [
      ["POST /me/player/queue", "Missing required field: uri"],
      ["POST /me/player/queue?uri=harbour", "Invalid track uri: harbour"],
    ] as const) {
      assert.deepEqual(await dan(line), apiError(400, message));
    }
    assert.deepEqual(await dan(`POST /me/player/queue?uri=${withdrawn}`), restricted);
    await harness().control.setDevices("listener-dan", []);
    assert.deepEqual((await dan("GET /me/player/queue")).body, {
      currently_playing: null,
      queue: [],
    });
  });

  it("repeat a track or the list, and report shuffle and repeat", async () => {
    const dan = await harness().as("listener-dan", scopes);
    await dan("PUT /me/player/play", { uris: [first, second] });
    assert.deepEqual(await dan("PUT /me/player/repeat?state=track"), done);
    await harness().control.advanceClock(2 * 214_000 + 10_000);
    assert.deepEqual(await player(), [first, 10, true]);
    assert.deepEqual(await dan("PUT /me/player/repeat?state=context"), done);
    await harness().control.advanceClock(214_000 + 187_500);
    assert.deepEqual(await player(), [first, 10, true]);
    assert.deepEqual(await dan("PUT /me/player/shuffle?state=true"), done);
    const modes = async () => {
      const { repeat_state, shuffle_state } = playerState.parse((await dan("GET /me/player")).body);
      return [repeat_state, shuffle_state];
    };
    assert.deepEqual(await modes(), ["context", true]);
    await dan("PUT /me/player/repeat?state=off");
    await dan("PUT /me/player/shuffle?state=false");
    assert.deepEqual(await modes(), ["off", false]);
    for (const mode of ["repeat", "shuffle"]) {
      const missing = apiError(400, "Missing required field: state");
      assert.deepEqual(await dan(`PUT /me/player/${mode}`), missing);
      const wrong = await dan(`PUT /me/player/${mode}?state=maybe`);
      assert.deepEqual(wrong, apiError(400, "Invalid state"));
    }
  });

  it("set the volume where a device allows it", async () => {
    await harness().control.setDevices("listener-dan", [
      phone,
      { ...speaker, volumePercent: null },
    ]);
    const dan = await harness().as("listener-dan", scopes);
    const volume = (query: string) => dan(`PUT /me/player/volume?${query}`);
    assert.deepEqual(await volume("volume_percent=7"), done);
    const { devices: after } = await harness().control.player("listener-dan");
    assert.deepEqual(
      after.map(({ volumePercent }) => volumePercent),
      [7, null],
    );
    assert.deepEqual(
      await volume("volume_percent=7&device_id=speaker"),
      playerError(403, "Cannot control device volume", "VOLUME_CONTROL_DISALLOW"),
    );
    assert.deepEqual(await volume(""), apiError(400, "Missing required field: volume_percent"));
    for (const wrong of ["101", "-1", "loud"]) {
      const reply = await volume(`volume_percent=${wrong}`);
      assert.deepEqual(reply, apiError(400, "Invalid volume_percent"));
    }
  });

  it("transfer the playback, playing or paused as it was", async () => {
    await harness().control.setDevices("listener-dan", [phone, speaker]);
    const dan = await harness().as("listener-dan", scopes);
    const activeDevice = async () =>
      (await harness().control.player("listener-dan")).devices.find(({ active }) => active)?.id;
    await dan("PUT /me/player/play", { uris, position_ms: 30_000 });
    await dan("PUT /me/player/pause");
    assert.deepEqual(await dan("PUT /me/player", { device_ids: ["speaker"] }), done);
    assert.deepEqual([await activeDevice(), await player()], ["speaker", [first, 30, false]]);
    assert.deepEqual(await dan("PUT /me/player", { device_ids: ["phone"], play: true }), done);
    assert.deepEqual([await activeDevice(), await player()], ["phone", [first, 30, true]]);
    for (const [body, message] of [
      [{}, "Missing required field: device_ids"],
      [{ device_ids: [] }, "Missing required field: device_ids"],
      [
        { device_ids: ["phone", "speaker"] },
        "Only a single device can be currently specified in device_ids",
      ],
    ] as const) {
      assert.deepEqual(await dan("PUT /me/player", body), apiError(400, message));
    }
  });
});

describe("GET /v1/me/player/currently-playing", () => {
  const harness = useSpotifyHarness();

  it("reports what plays, without the device", async () => {
    const dan = await harness().as("listener-dan", [...scopes, "user-read-currently-playing"]);
    const reader = await harness().as("listener-dan", ["user-read-currently-playing"]);
    assert.deepEqual(await reader("GET /me/player/currently-playing"), done);
    await dan("PUT /me/player/play", { uris });
    const { status, body } = await reader("GET /me/player/currently-playing");
    assert.equal(status, 200);
    const now = playerState.omit({ device: true }).parse(body);
    assert.deepEqual([now.item?.uri, now.is_playing, "device" in now], [first, true, false]);
    const stranger = await harness().as("listener-dan", []);
    for (const path of ["currently-playing", "queue"]) {
      const missing = apiError(401, "Permissions missing");
      assert.deepEqual(await stranger(`GET /me/player/${path}`), missing);
    }
  });

  it("reports episodes only to clients that support them", async () => {
    const dan = await harness().as("listener-dan", scopes);
    const episode = `spotify:episode:${spotifyId("episode Rooms That Sing")}`;
    await dan("PUT /me/player/play", { uris: [episode] });
    for (const path of ["", "/currently-playing"]) {
      const item = async (query: string) => {
        const { body } = await dan(`GET /me/player${path}${query}`);
        const state = z
          .object({ currently_playing_type: z.string(), item: z.unknown() })
          .parse(body);
        assert.equal(state.currently_playing_type, "episode");
        return z.object({ uri: z.string() }).nullable().parse(state.item)?.uri;
      };
      assert.equal(await item(""), undefined);
      assert.equal(await item("?additional_types=track"), undefined);
      assert.equal(await item("?additional_types=episode"), episode);
    }
  });

  it("plays and reports the release of the account's country", async () => {
    const dan = await harness().as("listener-dan", scopes);
    const { europe, america } = relinked;
    const uri = `spotify:track:${europe.id}`;
    await dan("PUT /me/player/play", { uris: [uri], position_ms: 203_600 });
    for (const mode of ["development", "extended"] as const) {
      await harness().control.setQuotaMode(mode);
      const { item } = playerState.parse((await dan("GET /me/player")).body);
      assert.equal(item?.uri, `spotify:track:${america.id}`);
      const origin = z.looseObject({ uri: z.string() }).optional().parse(item.linked_from);
      assert.equal(origin?.uri, mode === "extended" ? uri : undefined);
    }
    // No release of it is for Japan.
    await harness().control.changePersona({ id: "listener-yui", country: "JP" });
    const yui = await harness().as("listener-yui", scopes);
    assert.deepEqual(await yui("PUT /me/player/play", { uris: [uri] }), restricted);
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
