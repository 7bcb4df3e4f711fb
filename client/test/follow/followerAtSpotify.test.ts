import assert from "node:assert/strict";
import type { SpotifyHarness } from "../../../local/test/spotify/support.js";
import { useSpotifyHarness } from "../../../local/test/spotify/support.js";
import { deviceClock } from "../../src/clock/localClock.js";
import { serverClock, type ServerClock } from "../../src/clock/serverClock.js";
import { followShow, type Follower } from "../../src/follow/follower.js";
import type { PlaybackSnapshot } from "../../src/follow/showMusic.js";
import { listenerAtSpotify } from "../support/listenerAtSpotify.js";

const song = (id: string) => `spotify:track:${id}`;
const tracks = [
  { uri: song("5W3cjX2J3tjhG8zb6u0qHn"), durationMs: 214_000 },
  { uri: song("0VjIjW4GlUZAMYd2vXMi3b"), durationMs: 187_500 },
  { uri: song("7qiZfU4dY1lWllzX7mPBI3"), durationMs: 251_300 },
];
const uris = tracks.map(({ uri }) => uri);

describe("following a show with a local Spotify, in real time", () => {
  const harness = useSpotifyHarness();
  let clock: ServerClock;
  let follower: Follower;
  afterEach(() => {
    follower.close();
    clock.close();
  });

  const join = async (persona: string, at: SpotifyHarness) => {
    const { player, spotify } = await listenerAtSpotify(at, persona);
    clock = serverClock({
      local: deviceClock,
      fetchServerTime: () => Promise.resolve(Date.now()),
    });
    follower = followShow({ local: deviceClock, server: clock, player });
    follower.playlistArrived({ revision: 1, tracks });
    return { player, spotify };
  };
  let sequence = 0;
  const acts = (change: Partial<PlaybackSnapshot>) => {
    const at = Date.now();
    sequence += 1;
    follower.playbackArrived({
      mode: "music",
      trackUri: uris[0] ?? null,
      trackIndex: 0,
      positionMs: 0,
      paused: false,
      at: { toMillis: () => at },
      sequence,
      playlistRevision: 1,
      ...change,
    });
  };
  const becomes = async (kind: string) => {
    for (;;) {
      if (follower.outcome().kind === kind) return;
      await new Promise<void>((resolve) => {
        const unsubscribe = follower.subscribe(() => {
          unsubscribe();
          resolve();
        });
      });
    }
  };

  it("plays in step, pauses with the show, and stops for talk", async () => {
    const { spotify } = await join("listener-dan", harness());
    acts({ positionMs: 100_000 });
    await becomes("playing");
    const { commands, playing } = await spotify();
    assert.ok(playing);
    const [play] = commands;
    assert.deepEqual(play?.uris, uris);
    assert.ok(play.positionMs >= 100_000 && play.positionMs < 105_000);

    acts({ paused: true, positionMs: 101_000 });
    await becomes("paused");
    acts({ trackIndex: 1, trackUri: uris[1] ?? null });
    await becomes("playing");
    assert.deepEqual((await spotify()).commands.at(-1)?.uris, uris.slice(1));

    acts({ mode: "talk", trackIndex: null, trackUri: null, positionMs: 0, paused: true });
    await becomes("silent");
    follower.close();
    while ((await spotify()).playing);
    assert.equal((await spotify()).commands.at(-1)?.command, "pause");
  });

  it("plays on the device that the listener chose among several", async () => {
    const devices = ["Kitchen", "Desk"].map((name) => ({
      id: name,
      name,
      type: "Speaker" as const,
    }));
    await harness().control.setDevices("listener-dan", devices);
    const { player, spotify } = await join("listener-dan", harness());
    acts({});
    await becomes("noDevice");
    assert.deepEqual(follower.outcome(), { kind: "noDevice", devices });
    player.use("Desk");
    follower.resume();
    await becomes("playing");
    assert.deepEqual(
      (await spotify()).commands.map(({ command, deviceId }) => [command, deviceId]),
      [["play", "Desk"]],
    );
  });

  it("reports why a listener cannot hear the music", async () => {
    for (const [persona, kind] of [
      ["listener-eve", "notPremium"],
      ["listener-hal", "notAllowListed"],
    ] as const) {
      await join(persona, harness());
      acts({});
      await becomes(kind);
      follower.close();
      clock.close();
    }
  });
});
