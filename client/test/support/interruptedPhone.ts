import assert from "node:assert/strict";
import { connectRoom } from "../../src/audio/connectAudio.js";
import type { ShowAudio } from "../../src/audio/showAudio.js";
import type { Connectivity } from "../../src/backend/connection.js";
import { followMusic, type MusicFollower } from "../../src/music/followMusic.js";
import type { Show } from "../../src/show/show.js";
import { momentOf } from "../../src/testing/memoryFirestore.js";
import { addShow, comment, participant } from "./fakeShow.js";
import { InMemoryFirebase } from "./inMemoryFirebase.js";
import { SimulatedApp } from "./simulatedApp.js";
import { SimulatedPlayer } from "./simulatedPlayer.js";
import { SimulatedRoom } from "./simulatedRoom.js";
import { SimulatedServer } from "./simulatedServer.js";
import { SimulatedDevice, SimulatedTime } from "./simulatedTime.js";

const SONG_MS = 180_000;
const uriOf = (name: string) => `spotify:track:${name.repeat(22)}`;
/** What only people in the show may read. */
const READ_IN_SHOW = ["comments", "playback/now", "playlist/current", "feed/latest"];

/** Eve's phone in a live show: it sleeps, wakes and loses its network, and its app shows everything. */
export class InterruptedPhone {
  readonly time = new SimulatedTime(Date.UTC(2026, 10, 24, 20));
  readonly device: SimulatedDevice;
  readonly server: SimulatedServer;
  readonly player: SimulatedPlayer;
  readonly firebase = new InMemoryFirebase("eve");
  readonly app = new SimulatedApp();
  readonly rooms: SimulatedRoom[] = [];
  /** What the app showed, in order. */
  readonly presences: string[] = [];
  readonly connections: string[] = [];
  readonly sounds: string[] = [];
  comments: readonly string[] = [];
  /** The reasons of the errors that the app does not show. */
  readonly errors: string[] = [];
  /** How often anything else that it shows changed. */
  emissions = 0;
  #isOnline = true;
  readonly #networkListeners = new Set<() => void>();
  #show: Show | undefined;
  #audio: ShowAudio | undefined;
  #music: MusicFollower | undefined;
  #sequence = 1;

  /** `random`: what chance decides on this phone. */
  constructor(random = 0.5) {
    this.device = new SimulatedDevice(this.time, { random });
    this.server = new SimulatedServer(this.time, this.device);
    this.player = new SimulatedPlayer(this.time, this.device, () => SONG_MS, {
      reportEveryMs: 60_000,
      settlingMs: 2_500,
      tellsOfChanges: false,
    });
  }

  get show(): Show {
    return this.#show ?? assert.fail("not in a show");
  }

  get audio(): ShowAudio {
    return this.#audio ?? assert.fail("no audio");
  }

  get music(): MusicFollower {
    return this.#music ?? assert.fail("no music");
  }

  get room(): SimulatedRoom {
    return this.rooms.at(-1) ?? assert.fail("no room was opened");
  }

  /** How far the player is ahead of the show; undefined if it is silent or plays another track. */
  get aheadMs(): number | undefined {
    const heard = this.player.heard();
    const now = this.music.moment();
    if (!heard || now?.kind !== "playing" || now.trackUri !== heard.trackUri) return undefined;
    return Math.round(heard.positionMs - now.positionMs);
  }

  async joins(role = "listener"): Promise<void> {
    const { firebase } = this;
    addShow(firebase, "one");
    const audio = {
      provider: "livekit",
      canPublish: false,
      url: "wss://",
      token: "",
      expiresAt: 0,
    };
    firebase.callables.set("joinShow", () => {
      for (const path of READ_IN_SHOW) firebase.deny(`shows/one/${path}`, false);
      firebase.set("shows/one/participants/eve", {
        ...participant("eve", { role }),
        joinedAt: momentOf(this.time.now),
      });
      return { audio, warnings: [] };
    });
    firebase.callables.set("refreshAudio", () => ({ audio }));
    firebase.set("shows/one/playlist/current", {
      revision: 0,
      tracks: Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (name) => ({
        ...{ uri: uriOf(name), name, artists: ["The Low Tides"] },
        ...{ durationMs: SONG_MS, imageUrl: null, explicit: false },
      })),
    });
    const connectivity: Connectivity = {
      isOnline: () => this.#isOnline,
      subscribe: (listener) => {
        this.#networkListeners.add(listener);
        return () => this.#networkListeners.delete(listener);
      },
    };
    const ambient = firebase.ambient({
      connectivity,
      local: this.device,
      onForeground: this.app.onForeground,
      onError: ({ reason }) => this.errors.push(reason),
      fetchServerTime: this.server.fetchServerTime,
    });
    const show = await ambient.join("one");
    this.#show = show;
    show.presence.subscribe(({ kind }) => this.presences.push(kind));
    show.connection.subscribe((connection) => this.connections.push(connection));
    show.comments.latest.subscribe((latest) => {
      this.comments = latest.map(({ text }) => text);
    });
    const shown = [
      show.comments.pinned,
      show.comments.hasEarlier,
      show.stage.people,
      show.stage.request,
      show.reactions.totals,
      show.feed,
      show.details,
      show.music.playback,
      show.music.playlist,
      ambient.config,
      ambient.connection,
      ambient.account.profile("eve"),
      ambient.notifications.unread(),
    ];
    for (const each of shown) each.subscribe(() => (this.emissions += 1));
    this.#audio = connectRoom(show, (events) => {
      const room = new SimulatedRoom(events, undefined);
      room.canPublish = role !== "listener";
      this.rooms.push(room);
      return Promise.resolve(room);
    });
    this.#music = followMusic(show, this.player);
    this.#audio.connection.subscribe((connection) => {
      this.sounds.push(connection);
      // As in the example of README.md.
      if (connection === "elsewhere") {
        this.#music?.release();
        this.#music = undefined;
      }
      if (connection === "connected") this.#music ??= followMusic(show, this.player);
    });
    await this.time.passes(1_000);
  }

  /** Somebody else's comment. */
  hears(text: string): void {
    this.firebase.set(`shows/one/comments/${text}`, comment("dan", text, this.time.now));
  }

  hostPlays(): void {
    this.#hosts({
      mode: "music",
      trackUri: uriOf("A"),
      trackIndex: 0,
      paused: false,
    });
  }

  hostTalks(): void {
    this.#hosts({ mode: "talk", trackUri: null, trackIndex: null, paused: true });
  }

  /** Nothing reaches the phone, which knows it. */
  losesNetwork(): void {
    this.firebase.cutNetwork();
    this.#becomesOnline(false);
  }

  regainsNetwork(): void {
    this.#becomesOnline(true);
    this.firebase.restoreNetwork();
  }

  /** The system stops the app, and the listener opens it again later. */
  async sleeps(ms: number, meanwhile: () => void = () => undefined): Promise<void> {
    this.firebase.cutNetwork(false);
    meanwhile();
    await this.device.sleeps(ms);
    this.firebase.restoreNetwork();
    this.app.returns();
  }

  /** The server has missed Eve's signs of life for too long. */
  isLost(): void {
    const before = this.firebase.documents.get("shows/one/participants/eve");
    const lost = { ...before, state: "lost", leftAt: momentOf(this.time.now) };
    this.firebase.set("shows/one/participants/eve", lost);
    for (const path of READ_IN_SHOW) this.firebase.deny(`shows/one/${path}`);
  }

  called(name: string): number {
    return this.firebase.calls.filter((call) => call === name).length;
  }

  #becomesOnline(isOnline: boolean): void {
    this.#isOnline = isOnline;
    for (const changed of [...this.#networkListeners]) changed();
  }

  #hosts(playback: object): void {
    this.#sequence += 1;
    this.firebase.set("shows/one/playback/now", {
      ...playback,
      positionMs: 0,
      at: momentOf(Math.floor(this.time.now)),
      by: "ben",
      sequence: this.#sequence,
      playlistRevision: 0,
    });
  }
}
