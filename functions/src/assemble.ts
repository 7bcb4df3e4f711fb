import { getApps, initializeApp } from "firebase-admin/app";
import { getAuth } from "firebase-admin/auth";
import { getFirestore } from "firebase-admin/firestore";
import { getFunctions } from "firebase-admin/functions";
import { randomUUID } from "node:crypto";
import { livekitEvents } from "./audio/livekitEvents.js";
import { livekitRooms } from "./audio/livekitRooms.js";
import { noRooms, unconfiguredRooms } from "./audio/noRooms.js";
import type { AudioRooms } from "./ports/audioRooms.js";
import { systemClock } from "./clock.js";
import {
  audioProvider,
  hostGraceSeconds,
  livekitApiKey,
  livekitApiSecret,
  livekitApiUrl,
  livekitUrl,
  audienceIntervalSeconds,
  digestIntervalSeconds,
  presenceGraceSeconds,
  spotifyAccountsUrl,
  spotifyApiUrl,
  spotifyClientId,
  spotifyClientSecret,
  spotifyCredentialKeys,
  spotifyRedirectUris,
} from "./config.js";
import { authAccounts } from "./identity/authAccounts.js";
import { tokenCipher } from "./spotify/cipher.js";
import { spotifyCatalog } from "./spotify/catalog.js";
import { spotifyGateway } from "./spotify/gateway.js";

import type { Dependencies } from "./dependencies.js";
import { taskQueue } from "./tasks/taskQueue.js";
import { publishFeedTask, sweepShowTask } from "./tasks/tasks.js";

let assembled: Dependencies | undefined;

/**
 * The edges as the deployed functions have them, made once per instance. Each is made at its first
 * use: params have no values while functions are being deployed, and a function without a secret
 * must not ask for it.
 */
export function dependencies(): Dependencies {
  assembled ??= assemble();
  return assembled;
}

function assemble(): Dependencies {
  const app = getApps()[0] ?? initializeApp();
  const once = <Edge>(make: () => Edge) => {
    let edge: { made: Edge } | undefined;
    return () => (edge ??= { made: make() }).made;
  };
  const accounts = once(() => authAccounts(getAuth(app)));
  const cipher = once(() => tokenCipher(spotifyCredentialKeys.value()));
  const tasks = once(() => ({
    publishFeed: taskQueue(getFunctions(app), publishFeedTask, systemClock),
    sweepShow: taskQueue(getFunctions(app), sweepShowTask, systemClock),
  }));
  const spotifyServers = () => ({
    accountsUrl: spotifyAccountsUrl.value(),
    apiUrl: spotifyApiUrl.value(),
    clock: systemClock,
  });
  const catalog = once(() => spotifyCatalog(spotifyServers()));
  const spotify = once(() =>
    spotifyGateway({
      ...spotifyServers(),
      clientId: spotifyClientId.value(),
      clientSecret: spotifyClientSecret.value(),
    }),
  );
  const rooms = once(chooseRooms);
  const roomEvents = once(() => livekitEvents(livekitApiKey.value(), livekitApiSecret.value()));
  return {
    firestore: getFirestore(app),
    clock: systemClock,
    newId: randomUUID,
    audienceIntervalMs: Math.max(1, audienceIntervalSeconds.value()) * 1_000,
    digestIntervalMs: Math.max(1, digestIntervalSeconds.value()) * 1_000,
    presenceGraceMs: Math.max(1, presenceGraceSeconds.value()) * 1_000,
    redirectUris: spotifyRedirectUris.value(),
    get accounts() {
      return accounts();
    },
    get cipher() {
      return cipher();
    },
    get spotify() {
      return spotify();
    },
    get catalog() {
      return catalog();
    },
    get tasks() {
      return tasks();
    },
    hostGraceMs: Math.max(0, hostGraceSeconds.value()) * 1_000,
    get rooms() {
      return rooms();
    },
    get roomEvents() {
      return roomEvents();
    },
  };
}

function chooseRooms(): AudioRooms {
  if (audioProvider.value() === "none") return noRooms;
  const keys = livekitKeys();
  const url = livekitUrl.value();
  if (!keys || url === "") return unconfiguredRooms;
  const apiUrl = livekitApiUrl.value() || url.replace(/^ws/, "http");
  return livekitRooms({ url, apiUrl, ...keys, clock: systemClock });
}

function livekitKeys(): { apiKey: string; apiSecret: string } | null {
  const apiKey = livekitApiKey.value();
  const apiSecret = livekitApiSecret.value();
  return apiKey === "" || apiSecret === "" ? null : { apiKey, apiSecret };
}
