import assert from "node:assert/strict";
import type { z } from "zod";
import type { AudioAccess } from "../../../local/audioClient/access.js";
import { connectAudio, type AudioClient } from "../../../local/audioClient/audioClient.js";
import type { App } from "../../../local/clientApp/app.js";
import { listenTo, type Listening } from "../../../local/clientApp/listening.js";
import { livekitControl, type LivekitControl } from "../../../local/livekit/proxy/client.js";
import type { Endpoints } from "../../../local/suite/endpoints.js";
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

/** One who is in the show, with the app and the sound of his phone. */
export interface Attendee {
  readonly uid: string;
  readonly app: App;
  /** What he connected with first. */
  readonly access: Audio;
  /** His connection: the one of `connect`, once that was called. */
  readonly audio: AudioClient;
  /** Connects, beside the connection that he may have. */
  connect(access: AudioAccess): Promise<AudioClient>;
  /** As an app that lost its connection: asks for a fresh token and connects with it. */
  reconnect(): Promise<AudioClient>;
  /** Listens to a document, to the end of the test. */
  watch<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
  ): Listening<z.output<Schema> | undefined>;
}

/** A live show that is heard: its creator on the stage, on a real LiveKit. */
export interface Soundstage {
  readonly showId: string;
  readonly ada: Attendee;
  /** What a test does to LiveKit, and to what goes to it and comes from it. */
  readonly livekit: LivekitControl;
  /** One who may join, and has not. */
  outsider(name: string): Promise<App>;
  listener(name: string): Promise<Attendee>;
  /** One who asked, was accepted and may speak. */
  speaker(name: string): Promise<Attendee>;
  cohost(name: string): Promise<Attendee>;
  /** Ends the show, closes everybody's app and lifts every fault. */
  close(): Promise<void>;
}

/** How many rooms of a test tell of something at the same time. */
const WEBHOOKS_AT_ONCE = 4;
let warmedUp: Promise<unknown> | undefined;

/**
 * The emulator starts a process for each call at once, and keeps it. LiveKit's events must not wait for
 * that: what they correct is heard meanwhile.
 */
function warmUpWebhook({ functions, projectId, region }: Endpoints): Promise<unknown> {
  const url = `http://${functions}/${projectId}/${region}/audioWebhook`;
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
  const closing: (() => Promise<unknown>)[] = [];
  const creator = await somebody("Ada");
  const showId = await showIn("draft", creator, { settings: { ...defaultSettings, ...settings } });

  const outsider = async (name: string): Promise<App> => {
    const app = await appOf(await somebody(name));
    closing.push(() => app.close());
    return app;
  };
  const attend = async (app: App, access: Audio): Promise<Attendee> => {
    const connect = async (given: AudioAccess) => {
      const connection = await connectAudio(given);
      closing.push(() => connection.disconnect());
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
        const fresh = await app.call(refreshAudio, { showId });
        audio = await connect(fresh.audio);
        return audio;
      },
      watch(path, schema) {
        const listening = listenTo(app, path, schema);
        closing.push(() => {
          listening.stop();
          return Promise.resolve();
        });
        return listening;
      },
    };
  };
  const listener = async (name: string): Promise<Attendee> => {
    const app = await outsider(name);
    return attend(app, (await app.call(joinShow, { showId })).audio);
  };

  const adasApp = await appOf(creator);
  closing.push(() => adasApp.close());
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
      await adasApp.call(decideSpeakRequest, { showId, uid: speaker.uid, decision: "accept" });
      await waitToAskAgain(speaker.app, showId);
      await speaker.audio.untilCanPublish(true);
      return speaker;
    },
    async cohost(name) {
      const cohost = await listener(name);
      await adasApp.call(setRole, { showId, uid: cohost.uid, role: "cohost" });
      await cohost.app.call(acceptInvitation, { showId });
      await cohost.audio.untilCanPublish(true);
      return cohost;
    },
    async close() {
      await livekit.faults.clear();
      await livekit.release();
      await livekit.bringBack();
      // A live show is gone over by others' tests too.
      const show = await showRef(firestore, showId).get();
      if (show.data()?.status === "live") await adasApp.call(endShow, { showId });
      for (const close of closing.reverse()) await close();
    },
  };
}
