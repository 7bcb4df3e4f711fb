import assert from "node:assert/strict";
import { type SpotifyHarness, useSpotifyHarness } from "../../../local/test/spotify/support.js";
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
      const tablet = { id: "tablet", name: "Tablet" };
      await harness().control.setDevices("listener-dan", [tablet, speaker]);
      await player.play(list);
      assert.equal((await spotify()).commands.at(-1)?.deviceId, "speaker");
    });
  });

  describe("where no device is active", () => {
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

    it("plays on the only one that takes commands", async () => {
      for (const only of [phone, kitchen]) {
        await connect(only, car);
        await dan.player.play(list);
      }
      assert.deepEqual(await playedOn(), ["phone", "kitchen"]);
    });

    it("plays on the only phone of several, where the show is by then", async () => {
      await connect(kitchen, phone, desk);
      const { faults } = harness().control;
      await faults.set({ match: "/player/devices", times: 1, delayMs: 300 });
      await dan.player.play(list);
      const [play] = (await dan.spotify()).commands;
      assert.equal(play?.deviceId, "phone");
      assert.ok(play.positionMs >= 61_290 && play.positionMs < 65_000, String(play.positionMs));
    });

    it("begins nothing where a pause was asked for meanwhile", async () => {
      await connect(phone);
      const { faults } = harness().control;
      await faults.set({ match: "/player/devices", times: 1, delayMs: 300 });
      const playing = assert.rejects(dan.player.play(list), failure("noDevice"));
      await assert.rejects(dan.player.pause(), failure("noDevice"));
      await playing;
      assert.deepEqual(await playedOn(), []);
    });

    it("leaves the choice to the listener where there is no telling, and keeps to it", async () => {
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

    it("asks which of two phones", async () => {
      const [one, other] = [phone, { ...phone, id: "other" }];
      await connect(one, other, kitchen);
      const phones = [one, other].map((each) => ({ ...each, type: "Smartphone" }));
      await assert.rejects(dan.player.play(list), choiceOf(...phones, kitchen));
    });

    it("plays elsewhere where the chosen one is gone, and there again when it is back", async () => {
      dan.player.use("kitchen");
      await connect(phone);
      await dan.player.play(list);
      await dan.player.report();
      await connect(phone, kitchen);
      await dan.player.play(list);
      assert.deepEqual(await playedOn(), ["phone", "kitchen"]);
    });

    it("lists the devices that take commands", async () => {
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

    it("plays there, although a report came between in which another one played", async () => {
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

    it("plays there, although another one is active in a pause", async () => {
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

    it("follows him where he moves the music later", async () => {
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

  describe("with a device that takes no commands", () => {
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

    it("does not take it for the one that was chosen", async () => {
      const { player, spotify } = await listenerAtSpotify(harness());
      await harness().control.setDevices("listener-dan", [{ ...car, active: false }, phone]);
      player.use("car");
      await player.play(list);
      assert.equal((await spotify()).commands.at(-1)?.deviceId, "phone");
    });

    it("blames the track where the device is not to blame", async () => {
      const { player } = await listenerAtSpotify(harness());
      const other = { id: "other", name: "Phone" };
      await harness().control.setDevices("listener-dan", [{ ...phone, active: true }, other]);
      await player.play(list);
      await player.report();
      await harness().control.setDevices("listener-dan", [phone, other]);
      await assert.rejects(player.play({ ...list, uris: [withdrawn] }), failure("restricted"));
    });

    it("takes what it plays for none of the show's, and plays on where it did", async () => {
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
      await reporting({
        ...state,
        shuffle_state: true,
        device: { id: "car", is_restricted: true },
      });
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
