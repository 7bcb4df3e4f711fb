import assert from "node:assert/strict";
import { useSpotifyHarness } from "../../../local/test/spotify/support.js";
import { saveToLibrary } from "../../src/spotify/saveToLibrary.js";
import { failure } from "../support/failure.js";
import { listenerAtSpotify } from "../support/listenerAtSpotify.js";

const songs = (count: number) =>
  Array.from({ length: count }, (_, index) => `spotify:track:${String(index).padStart(22, "0")}`);

describe("saving to the library", () => {
  const harness = useSpotifyHarness();
  const requests = async () =>
    (await harness().control.requests())
      .filter(({ path }) => path.startsWith("/v1/me/"))
      .map(({ method, path, status }) => `${method} ${path} ${status}`);

  it("saves tracks, and does no harm if they are saved already", async () => {
    const { api, spotify } = await listenerAtSpotify(harness());
    await saveToLibrary(api, songs(2));
    await saveToLibrary(api, songs(2));
    assert.deepEqual((await spotify()).saved, songs(2));
    assert.deepEqual(await requests(), ["PUT /v1/me/library 200", "PUT /v1/me/library 200"]);
  });

  it("splits many tracks into several requests", async () => {
    const { api, spotify } = await listenerAtSpotify(harness());
    await saveToLibrary(api, songs(85));
    assert.equal((await spotify()).saved.length, 85);
    assert.equal((await requests()).length, 3);
  });

  it("uses the old endpoint if the new one is not available", async () => {
    await harness().control.setQuotaMode("extended");
    const forbidden = { error: { status: 403, message: "Forbidden" } };
    for (const fault of [{ status: 404 }, { status: 403, body: forbidden }]) {
      const { api, spotify } = await listenerAtSpotify(harness());
      await harness().control.clearRequests();
      await harness().control.faults.set({ match: "/me/library", times: 1, ...fault });
      await saveToLibrary(api, songs(2));
      assert.deepEqual(await requests(), [
        `PUT /v1/me/library ${fault.status}`,
        "PUT /v1/me/tracks 200",
      ]);
      assert.deepEqual((await spotify()).saved, songs(2));
      await harness().control.resetPlayers();
    }
  });

  it("does not use the old endpoint if a scope is missing or Spotify is busy", async () => {
    const eve = await listenerAtSpotify(harness(), "listener-eve", []);
    await assert.rejects(saveToLibrary(eve.api, songs(1)), failure("relinkRequired"));
    const dan = await listenerAtSpotify(harness());
    const busy = { match: "/me/library", times: 1, status: 429, headers: { "retry-after": 3 } };
    await harness().control.faults.set(busy);
    await assert.rejects(saveToLibrary(dan.api, songs(1)), failure("rateLimited", 3_000));
    assert.ok((await requests()).every((line) => !line.includes("/me/tracks")));
  });
});
