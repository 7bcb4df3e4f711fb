import assert from "node:assert/strict";
import { remotePlayer, type SpotifyRemote } from "../../src/spotify/remotePlayer.js";
import { AmbientError } from "../../src/errors/ambientError.js";
import { failure } from "../support/failure.js";

describe("the Spotify app on the phone", () => {
  const done: string[] = [];
  let now = 0;
  const remote: SpotifyRemote = {
    pause: () => note("pause"),
    seekTo: (positionMs) => note(`seek ${positionMs}`),
    playerState: () => {
      now += 8;
      return Promise.resolve({ trackUri: "A", positionMs: 3_000, paused: false });
    },
    subscribe: () => () => undefined,
  };
  const note = (what: string) => {
    done.push(what);
    return Promise.resolve();
  };
  const handOver = {
    longestList: 100,
    play: ({ uris, positionMs }: { uris: readonly string[]; positionMs: number }) =>
      note(`play ${uris.join("")} ${positionMs}`),
  };
  const clock = { monotonic: () => now };

  it("pauses and seeks directly, and receives lists over the Web API", async () => {
    const player = remotePlayer(remote, handOver, clock);
    await player.play({ uris: ["A", "B"], positionMs: 500 });
    await player.seek(1_000);
    await player.pause();
    assert.deepEqual(done, ["play AB 500", "seek 1000", "pause"]);
  });

  it("reports the position with the error of the request", async () => {
    now = 1_000;
    assert.deepEqual(await remotePlayer(remote, handOver, clock).report(), {
      trackUri: "A",
      positionMs: 3_000,
      paused: false,
      at: 1_004,
      errorMs: 4,
    });
  });

  it("passes on what the SDK reports about the recording", async () => {
    const recording = { name: "Song A", artists: ["Band"], durationMs: 180_000 };
    const state = { trackUri: "other release", positionMs: 0, paused: true, recording };
    const player = remotePlayer(
      { ...remote, playerState: () => Promise.resolve(state) },
      handOver,
      clock,
    );
    assert.deepEqual((await player.report())?.recording, recording);
  });

  it("fails with appMissing if it is not installed", async () => {
    const none = () => Promise.reject(new AmbientError("SPOTIFY_APP_MISSING"));
    const player = remotePlayer({ ...remote, playerState: none }, handOver, clock);
    await assert.rejects(player.report(), failure("appMissing"));
  });
});
