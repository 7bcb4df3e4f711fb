import assert from "node:assert/strict";
import { type SpotifyHarness, useSpotifyHarness } from "../../../local/test/spotify/support.js";
import { spotifyId } from "../../../local/spotify/catalogue/spotifyId.js";
import { relinked } from "../../../local/spotify/catalogue/namedTracks.js";
import { spotifyWebApi } from "../../src/spotify/webApi.js";
import { webApiPlayer } from "../../src/spotify/webApiPlayer.js";
import { failure } from "../support/failure.js";
import { listenerAtSpotify } from "../support/listenerAtSpotify.js";

// Durations of 214 s, 187.5 s and 251.3 s.
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

      it("plays the rest of the playlist from a position", async () => {
        const { player, spotify } = await listenerAtSpotify(harness());
        await player.play(list);
        const { commands, playing } = await spotify();
        assert.ok(playing);
        assert.deepEqual(
          commands.map(({ command, uris, uri }) => [command, uris, uri]),
          [["play", uris, first]],
        );
        // It grows by the time that the player waits for its device.
        const [{ positionMs } = { positionMs: 0 }] = commands;
        assert.ok(positionMs >= 61_000 && positionMs < 71_000, `${positionMs} ms`);
        await harness().control.advanceClock(160_000);
        assert.equal((await spotify()).uri, second);
      });

      it("pauses, even if already paused, and seeks", async () => {
        const { player, spotify } = await listenerAtSpotify(harness());
        await player.play(list);
        await player.seek(5_000);
        assert.ok((await spotify()).positionMs < 10_000);
        await player.pause();
        await player.pause();
        assert.equal((await spotify()).playing, false);
      });

      it("reports what plays, and at which moment", async () => {
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

  describe("when it cannot play", () => {
    const harness = useSpotifyHarness();

    it("reports why", async () => {
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

    it("plays on its last device after Spotify forgot the active device", async () => {
      const { player, spotify } = await listenerAtSpotify(harness());
      await player.play(list);
      const [phone] = (await spotify()).devices;
      assert.ok(phone);
      await player.report();
      await harness().control.setDevices("listener-dan", [{ ...phone, active: false }]);
      await player.play(list);
      assert.equal((await spotify()).commands.at(-1)?.deviceId, phone.id);
    });

    it("plays on the active device if the last one is gone", async () => {
      const { player, spotify } = await listenerAtSpotify(harness());
      await player.play(list);
      await player.report();
      const speaker = { id: "speaker", name: "Kitchen", type: "Speaker", active: true } as const;
      const tablet = { id: "tablet", name: "Tablet" };
      await harness().control.setDevices("listener-dan", [tablet, speaker]);
      await player.play(list);
      assert.equal((await spotify()).commands.at(-1)?.deviceId, "speaker");
    });
  });

  describe("without an active device", () => {
    const harness = useSpotifyHarness();
    const phone = { id: "phone", name: "Phone" };
    const kitchen = { id: "kitchen", name: "Kitchen", type: "Speaker" } as const;
    const desk = { id: "desk", name: "Desk", type: "Computer" } as const;
    const car = { id: "car", name: "Car", restricted: true };
    const connect = (...devices: Parameters<SpotifyHarness["control"]["setDevices"]>[1]) =>
      harness().control.setDevices("listener-dan", devices);
    let dan: Awaited<ReturnType<typeof listenerAtSpotify>>;
    beforeEach(async () => {
      dan = await listenerAtSpotify(harness());
    });
    const playedOn = async () =>
      (await dan.spotify()).commands
        .filter(({ command }) => command === "play")
        .map(({ deviceId }) => deviceId);
    const choiceOf = (...devices: { id: string; name: string; type: string }[]) =>
      failure("noDevice", undefined, devices);

    it("plays on the only device that accepts commands", async () => {
      for (const only of [phone, kitchen]) {
        await connect(only, car);
        await dan.player.play(list);
      }
      assert.deepEqual(await playedOn(), ["phone", "kitchen"]);
    });

    it("plays on the only phone among several devices, at the show's new position", async () => {
      await connect(kitchen, phone, desk);
      const { faults } = harness().control;
      await faults.set({ match: "/player/devices", times: 1, delayMs: 300 });
      await dan.player.play(list);
      const [play] = (await dan.spotify()).commands;
      assert.equal(play?.deviceId, "phone");
      assert.ok(play.positionMs >= 61_290 && play.positionMs < 65_000, String(play.positionMs));
    });

    it("starts nothing if a pause came in the meantime", async () => {
      await connect(phone);
      const { faults } = harness().control;
      await faults.set({ match: "/player/devices", times: 1, delayMs: 300 });
      const playing = assert.rejects(dan.player.play(list), failure("noDevice"));
      await assert.rejects(dan.player.pause(), failure("noDevice"));
      await playing;
      assert.deepEqual(await playedOn(), []);
    });

    it("lets the listener choose if the device is not obvious, and remembers it", async () => {
      const speaker = { ...kitchen };
      const computer = { ...desk };
      await connect(speaker, computer, car);
      await assert.rejects(dan.player.play(list), choiceOf(speaker, computer));
      dan.player.use("desk");
      await dan.player.play(list);
      await dan.player.report();
      await connect(speaker, computer, { ...phone, id: "other" });
      await dan.player.play(list);
      assert.deepEqual(await playedOn(), ["desk", "desk"]);
    });

    it("lets the listener choose between two phones", async () => {
      const [one, other] = [phone, { ...phone, id: "other" }];
      await connect(one, other, kitchen);
      const phones = [one, other].map((each) => ({ ...each, type: "Smartphone" }));
      await assert.rejects(dan.player.play(list), choiceOf(...phones, kitchen));
    });

    it("plays elsewhere while the chosen device is gone, and there again once it is back", async () => {
      dan.player.use("kitchen");
      await connect(phone);
      await dan.player.play(list);
      await dan.player.report();
      await connect(phone, kitchen);
      await dan.player.play(list);
      assert.deepEqual(await playedOn(), ["phone", "kitchen"]);
    });

    it("lists the devices that accept commands", async () => {
      await connect({ ...kitchen, active: true }, car);
      assert.deepEqual(await dan.player.devices(), [{ ...kitchen, isActive: true }]);
    });
  });

  describe("with a device that the listener chose", () => {
    const harness = useSpotifyHarness();
    const phone = { id: "phone", name: "Phone" };
    const desk = { id: "desk", name: "Desk", type: "Computer" } as const;
    const active = (id: string) =>
      harness().control.setDevices(
        "listener-dan",
        [phone, desk].map((each) => ({ ...each, active: each.id === id })),
      );
    const lastDevice = async ({ spotify }: Awaited<ReturnType<typeof listenerAtSpotify>>) =>
      (await spotify()).commands.at(-1)?.deviceId;

    it("plays there, even after a report of another device", async () => {
      const dan = await listenerAtSpotify(harness());
      await active("phone");
      await dan.player.play(list);
      dan.player.use("desk");
      await dan.player.report();
      await dan.player.seek(70_000);
      assert.equal(await lastDevice(dan), "phone");
      await dan.player.play(list);
      assert.equal(await lastDevice(dan), "desk");
      await dan.player.pause();
      assert.equal(await lastDevice(dan), "desk");
    });

    it("plays there, even if another device is active while paused", async () => {
      const dan = await listenerAtSpotify(harness());
      await active("phone");
      dan.player.use("desk");
      await dan.player.play(list);
      await dan.player.report();
      await dan.player.pause();
      await active("phone");
      await dan.player.report();
      await dan.player.play(list);
      assert.equal(await lastDevice(dan), "desk");
    });

    it("follows the listener when they move the music later", async () => {
      const dan = await listenerAtSpotify(harness());
      await active("phone");
      dan.player.use("desk");
      await dan.player.play(list);
      await dan.player.report();
      await active("phone");
      await dan.player.report();
      await dan.player.play(list);
      assert.equal(await lastDevice(dan), "phone");
    });
  });

  describe("with a device that accepts no commands", () => {
    const harness = useSpotifyHarness();
    const phone = { id: "phone", name: "Phone" };
    const car = { id: "car", name: "Car", restricted: true, active: true };

    it("plays on another one, and does not blame the track", async () => {
      const { player, spotify } = await listenerAtSpotify(harness());
      await harness().control.setDevices("listener-dan", [car, phone]);
      await player.play(list);
      assert.equal((await spotify()).commands.at(-1)?.deviceId, "phone");
      await harness().control.setDevices("listener-dan", [car]);
      await assert.rejects(player.play(list), failure("noDevice"));
    });

    it("does not mistake it for the chosen one", async () => {
      const { player, spotify } = await listenerAtSpotify(harness());
      await harness().control.setDevices("listener-dan", [{ ...car, active: false }, phone]);
      player.use("car");
      await player.play(list);
      assert.equal((await spotify()).commands.at(-1)?.deviceId, "phone");
    });

    it("blames the track if the device accepts commands", async () => {
      const { player } = await listenerAtSpotify(harness());
      const other = { id: "other", name: "Phone" };
      await harness().control.setDevices("listener-dan", [{ ...phone, active: true }, other]);
      await player.play(list);
      await player.report();
      await harness().control.setDevices("listener-dan", [phone, other]);
      await assert.rejects(player.play({ ...list, uris: [withdrawn] }), failure("restricted"));
    });

    it("ignores what it plays, and keeps playing on the last device", async () => {
      const { player, spotify } = await listenerAtSpotify(harness());
      await harness().control.setDevices("listener-dan", [{ ...phone, active: true }]);
      await player.play(list);
      assert.equal((await player.report())?.trackUri, first);
      await harness().control.setDevices("listener-dan", [car, phone]);
      assert.equal((await player.report())?.trackUri, null);
      await player.pause();
      const last = (await spotify()).commands.at(-1);
      assert.deepEqual([last?.command, last?.deviceId], ["pause", "phone"]);
    });
  });

  describe("reading a report", () => {
    const harness = useSpotifyHarness();
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

    it("recognises another edition of the requested track", async () => {
      const item = { uri: second, linked_from: { uri: first } };
      assert.equal((await reporting({ ...state, item }))?.trackUri, first);
    });

    it("says what is known of the recording", async () => {
      const { europe, america } = relinked;
      const { player } = await listenerAtSpotify(harness());
      await player.play({ uris: [`spotify:track:${europe.id}`], positionMs: 0 });
      const report = await player.report();
      assert.equal(report?.trackUri, `spotify:track:${america.id}`);
      const { name, artists, durationMs, isrc } = america;
      assert.deepEqual(report.recording, { name, artists, durationMs, isrc });
      assert.equal((await reporting(state))?.recording, undefined);
    });

    it("turns the listener's shuffle and repeat off", async () => {
      await reporting({ ...state, shuffle_state: true, repeat_state: "track" });
      assert.deepEqual(asked.slice(1), [
        "PUT /me/player/shuffle?state=false",
        "PUT /me/player/repeat?state=off",
      ]);
      await reporting({ ...state, is_playing: false, shuffle_state: true });
      assert.equal(asked.length, 1);
      await reporting({ ...state, shuffle_state: false, repeat_state: "off" });
      assert.equal(asked.length, 1);
      await reporting({
        ...state,
        shuffle_state: true,
        device: { id: "car", is_restricted: true },
      });
      assert.equal(asked.length, 1);
    });

    it("reports none of our music during an advertisement or silence", async () => {
      assert.equal((await reporting({ ...state, item: null }))?.trackUri, null);
    });

    it("fails if Spotify reports no position", async () => {
      await assert.rejects(reporting({ ...state, progress_ms: null }), failure("unavailable"));
    });
  });
});
