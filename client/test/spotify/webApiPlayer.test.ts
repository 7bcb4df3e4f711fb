import assert from "node:assert/strict";
import { useSpotifyHarness } from "../../../local/test/spotify/support.js";
import { spotifyId } from "../../../local/spotify/catalogue/spotifyId.js";
import { spotifyWebApi } from "../../src/spotify/webApi.js";
import { webApiPlayer } from "../../src/spotify/webApiPlayer.js";
import { failure } from "../support/failure.js";
import { listenerAtSpotify } from "../support/listenerAtSpotify.js";

// 214 s, 187.5 s and 251.3 s.
const uris = ["5W3cjX2J3tjhG8zb6u0qHn", "0VjIjW4GlUZAMYd2vXMi3b", "7qiZfU4dY1lWllzX7mPBI3"].map(
  (id) => `spotify:track:${id}`,
);
const [first = "", second = ""] = uris;
const withdrawn = `spotify:track:${spotifyId("nowhere Withdrawn")}`;
const list = { uris, positionMs: 61_000 };

describe("the player over the Web API", () => {
  for (const mode of ["development", "extended"] as const) {
    describe(`of an app in ${mode} mode`, () => {
      const harness = useSpotifyHarness();
      beforeEach(() => harness().control.setQuotaMode(mode));

      it("hands over the whole rest of the playlist, from a position", async () => {
        const { player, spotify } = await listenerAtSpotify(harness());
        await player.play(list);
        const { commands, playing } = await spotify();
        assert.ok(playing);
        assert.deepEqual(
          commands.map(({ command, uris, uri, positionMs }) => [command, uris, uri, positionMs]),
          [["play", uris, first, 61_000]],
        );
        await harness().control.advanceClock(160_000);
        assert.equal((await spotify()).uri, second);
      });

      it("pauses, also what is paused, and seeks", async () => {
        const { player, spotify } = await listenerAtSpotify(harness());
        await player.play(list);
        await player.seek(5_000);
        assert.ok((await spotify()).positionMs < 10_000);
        await player.pause();
        await player.pause();
        assert.equal((await spotify()).playing, false);
      });

      it("reports what is played, and when that was", async () => {
        const { player } = await listenerAtSpotify(harness());
        assert.equal(await player.report(), null);
        await player.play(list);
        const before = performance.now();
        const report = await player.report();
        assert.ok(report);
        assert.equal(report.trackUri, first);
        assert.equal(report.paused, false);
        assert.ok(report.positionMs >= 61_000 && report.positionMs < 71_000);
        assert.ok(report.at >= before && report.at <= performance.now());
        assert.ok(report.errorMs > 0 && report.errorMs < 10_000);
        await player.pause();
        assert.equal((await player.report())?.paused, true);
      });
    });
  }

  describe("where it does not play", () => {
    const harness = useSpotifyHarness();

    it("says why", async () => {
      const gus = await listenerAtSpotify(harness(), "listener-gus");
      await harness().control.changePersona({ id: "listener-gus", product: "premium" });
      await assert.rejects(gus.player.play(list), failure("noDevice"));
      const eve = await listenerAtSpotify(harness(), "listener-eve");
      await assert.rejects(eve.player.play(list), failure("notPremium"));
      const hal = await listenerAtSpotify(harness(), "listener-hal");
      await assert.rejects(hal.player.play(list), failure("notAllowListed"));
      const dan = await listenerAtSpotify(harness(), "listener-dan", []);
      await assert.rejects(dan.player.play(list), failure("relinkRequired"));
      const fay = await listenerAtSpotify(harness(), "listener-fay");
      await assert.rejects(
        fay.player.play({ uris: [withdrawn, first], positionMs: 0 }),
        failure("restricted"),
      );
      await harness().control.faults.set({ match: "/player/play", times: 1, status: 503 });
      await assert.rejects(fay.player.play(list), failure("unavailable"));
    });

    it("wakes the device that it played on last, after Spotify forgot that it was active", async () => {
      const { player, spotify } = await listenerAtSpotify(harness());
      await player.play(list);
      const [phone] = (await spotify()).devices;
      assert.ok(phone);
      await player.report();
      await harness().control.setDevices("listener-dan", [{ ...phone, active: false }]);
      await player.play(list);
      assert.equal((await spotify()).commands.at(-1)?.deviceId, phone.id);
    });

    it("goes to the active one where that is gone", async () => {
      const { player, spotify } = await listenerAtSpotify(harness());
      await player.play(list);
      await player.report();
      const speaker = { id: "speaker", name: "Kitchen", type: "Speaker", active: true } as const;
      await harness().control.setDevices("listener-dan", [speaker]);
      await player.play(list);
      assert.equal((await spotify()).commands.at(-1)?.deviceId, "speaker");
    });

    it("lists the devices that there are, and plays on the chosen one", async () => {
      const { player, spotify } = await listenerAtSpotify(harness());
      await harness().control.setDevices("listener-dan", [
        { id: "phone", name: "Phone" },
        { id: "car", name: "Car", restricted: true },
      ]);
      await assert.rejects(player.play(list), failure("noDevice"));
      const devices = await player.devices();
      assert.deepEqual(devices, [
        { id: "phone", name: "Phone", type: "Smartphone", isActive: false },
      ]);
      player.use("phone");
      await player.play(list);
      assert.equal((await spotify()).playing, true);
    });
  });

  describe("reading a report", () => {
    const asked: string[] = [];
    const reporting = (state: object) => {
      asked.splice(0);
      const api = spotifyWebApi({
        accessToken: () => Promise.resolve("token"),
        fetch: (url, { method }) => {
          asked.push(`${method} ${url.replace("https://api.spotify.com/v1", "")}`);
          const body = method === "GET" ? JSON.stringify(state) : "";
          return Promise.resolve({
            status: method === "GET" ? 200 : 204,
            headers: new Headers(),
            text: () => Promise.resolve(body),
          });
        },
      });
      return webApiPlayer(api, { monotonic: () => 5_000 }).report();
    };
    const state = { is_playing: true, progress_ms: 1_000, item: { uri: second } };

    it("takes another edition of a track for the one that was asked for", async () => {
      const item = { uri: second, linked_from: { uri: first } };
      assert.equal((await reporting({ ...state, item }))?.trackUri, first);
    });

    it("puts the listener's shuffle and repeat off: nobody would be where the show is", async () => {
      await reporting({ ...state, shuffle_state: true, repeat_state: "track" });
      assert.deepEqual(asked.slice(1), [
        "PUT /me/player/shuffle?state=false",
        "PUT /me/player/repeat?state=off",
      ]);
      await reporting({ ...state, is_playing: false, shuffle_state: true });
      assert.equal(asked.length, 1);
      await reporting({ ...state, shuffle_state: false, repeat_state: "off" });
      assert.equal(asked.length, 1);
    });

    it("says that nothing of ours plays where an advertisement or nothing does", async () => {
      assert.equal((await reporting({ ...state, item: null }))?.trackUri, null);
    });

    it("does not guess a position that Spotify does not tell", async () => {
      await assert.rejects(reporting({ ...state, progress_ms: null }), failure("unavailable"));
    });
  });
});
