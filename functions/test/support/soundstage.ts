import assert from "node:assert/strict";
import type { z } from "zod";
import type { AudioAccess } from "../../../local/audioClient/access.js";
import { connectAudio, type AudioClient } from "../../../local/audioClient/audioClient.js";
import type { App } from "../../../local/clientApp/app.js";
import { listenTo, type Listening } from "../../../local/clientApp/listening.js";
import { livekitControl, type LivekitControl } from "../../../local/livekit/proxy/client.js";
import { functionUrl, type Endpoints } from "../../../local/suite/endpoints.js";
import { runningSuite } from "../../../test/support/suite.js";
import { joinShow } from "../../src/contract/audience.js";
import { refreshAudio, type Audio } from "../../src/contract/audio.js";
import { showRef } from "../../src/collections.js";
import {
  defaultSettings,
  endShow,
  type ShowSettings,
  startShow,
} from "../../src/contract/shows.js";
import { acceptInvitation, decideSpeakRequest, setRole } from "../../src/contract/stage.js";
import { askToSpeak, waitToAskAgain } from "./askToSpeak.js";
import { appOf, firestore, showIn, somebody } from "./backstage.js";
import { eventually } from "./eventually.js";

/** A participant with their app and their sound. */
export interface Attendee {
  readonly uid: string;
  readonly app: App;
  /** The access with which they first connected. */
  readonly access: Audio;
  /** The latest connection. */
  readonly audio: AudioClient;
  /** Opens another connection without closing earlier ones. */
  connect(access: AudioAccess): Promise<AudioClient>;
  /**
   * Fetches a fresh token and connects with it, like an app that lost its connection: again while LiveKit does not have
   * the room.
   */
  reconnect(): Promise<AudioClient>;
  /** Listens to a document until the end of the test. */
  watch<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
  ): Listening<z.output<Schema> | undefined>;
}

/** A live show with real sound, its creator connected to a real LiveKit. */
export interface Soundstage {
  readonly showId: string;
  readonly ada: Attendee;
  /** Controls faults of LiveKit and of the traffic to and from it. */
  readonly livekit: LivekitControl;
  /** A user who has not joined the show. */
  outsider(name: string): Promise<App>;
  listener(name: string): Promise<Attendee>;
  /** A speaker, who asked and was accepted. */
  speaker(name: string): Promise<Attendee>;
  cohost(name: string): Promise<Attendee>;
  /** Ends the show, closes all apps and clears all faults. */
  close(): Promise<void>;
}

/** How many webhooks a test causes at the same time. */
const WEBHOOKS_AT_ONCE = 4;
/** How long an app waits at first before it tries again to connect. */
const APP_PAUSE_MS = 500;
let warmedUp: Promise<unknown> | undefined;

/**
 * Starts the emulator's processes in advance: it starts one per simultaneous call and keeps it.
 * LiveKit's events must not wait for that, because the sound that they correct can be heard
 * in the meantime.
 */
function warmUpWebhook(endpoints: Endpoints): Promise<unknown> {
  const url = functionUrl(endpoints, "audioWebhook");
  return Promise.all(
    Array.from({ length: WEBHOOKS_AT_ONCE }, async () => {
      const { status } = await fetch(url, { method: "POST", body: "{}" });
      assert.equal(status, 401);
    }),
  );
}

export async function openSoundstage(settings: Partial<ShowSettings> = {}): Promise<Soundstage> {
  const endpoints = await runningSuite();
  assert(endpoints.livekitControl !== undefined, "this suite has no sound");
  warmedUp ??= warmUpWebhook(endpoints);
  await warmedUp;
  const livekit = livekitControl(`http://${endpoints.livekitControl}`);
  const listenings: { stop(): void }[] = [];
  const connections: AudioClient[] = [];
  const apps: App[] = [];
  // Two transactions on one stage at once would run into each other, and one of them again.
  let lastMove: Promise<unknown> = Promise.resolve();
  const afterOthers = <Result>(move: () => Promise<Result>): Promise<Result> => {
    const moving = lastMove.then(move);
    lastMove = moving.catch(() => undefined);
    return moving;
  };
  const creator = await somebody("Ada");
  const showId = await showIn("draft", creator, { settings: { ...defaultSettings, ...settings } });

  const outsider = async (name: string): Promise<App> => {
    const app = await appOf(await somebody(name));
    apps.push(app);
    return app;
  };
  const attend = async (app: App, access: Audio): Promise<Attendee> => {
    const connect = async (given: AudioAccess) => {
      const connection = await connectAudio(given);
      connections.push(connection);
      return connection;
    };
    let audio = await connect(access);
    return {
      uid: app.uid,
      app,
      access,
      get audio() {
        return audio;
      },
      async connect(given) {
        audio = await connect(given);
        return audio;
      },
      async reconnect() {
        return eventually(
          `that ${app.uid} is back in the room`,
          async () => {
            const fresh = await app.call(refreshAudio, { showId });
            try {
              return (audio = await connect(fresh.audio));
            } catch {
              return undefined;
            }
          },
          APP_PAUSE_MS,
        );
      },
      watch(path, schema) {
        const listening = listenTo(app, path, schema);
        listenings.push(listening);
        return listening;
      },
    };
  };
  const listener = async (name: string): Promise<Attendee> => {
    const app = await outsider(name);
    return attend(app, (await app.call(joinShow, { showId })).audio);
  };

  const adasApp = await appOf(creator);
  apps.push(adasApp);
  const ada = await attend(adasApp, (await adasApp.call(startShow, { showId })).audio);
  return {
    showId,
    ada,
    livekit,
    outsider,
    listener,
    async speaker(name) {
      const speaker = await listener(name);
      await askToSpeak(speaker.app, showId);
      const decision = { showId, uid: speaker.uid, decision: "accept" } as const;
      await afterOthers(() => adasApp.call(decideSpeakRequest, decision));
      await waitToAskAgain(speaker.app, showId);
      await speaker.audio.untilCanPublish(true);
      return speaker;
    },
    async cohost(name) {
      const cohost = await listener(name);
      await afterOthers(async () => {
        await adasApp.call(setRole, { showId, uid: cohost.uid, role: "cohost" });
        await cohost.app.call(acceptInvitation, { showId });
      });
      await cohost.audio.untilCanPublish(true);
      return cohost;
    },
    async close() {
      await livekit.faults.clear();
      await livekit.release();
      await livekit.bringBack();
      // Other tests' sweeps would also process a show that stays live.
      const show = await showRef(firestore, showId).get();
      if (show.data()?.status === "live") await adasApp.call(endShow, { showId });
      for (const listening of listenings) listening.stop();
      await Promise.all(connections.map((connection) => connection.disconnect()));
      await Promise.all(apps.map((app) => app.close()));
    },
  };
}
