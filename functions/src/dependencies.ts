import { getApps, initializeApp } from "firebase-admin/app";
import { getAuth } from "firebase-admin/auth";
import { getFirestore, type Firestore } from "firebase-admin/firestore";
import { getFunctions } from "firebase-admin/functions";
import { randomUUID } from "node:crypto";
import { absenceQueue, type AbsenceQueue } from "./audience/absenceQueue.js";
import { recountQueue, type RecountQueue } from "./audience/recountQueue.js";
import { livekitEvents } from "./audio/livekitEvents.js";
import { livekitRooms } from "./audio/livekitRooms.js";
import { noRooms, unconfiguredRooms } from "./audio/noRooms.js";
import type { AudioRooms, RoomEvent } from "./audio/rooms.js";
import { roomTaskQueue, type RoomTaskQueue } from "./audio/roomTaskQueue.js";
import { systemClock, type Clock } from "./clock.js";
import {
  audioProvider,
  hostGraceSeconds,
  livekitApiKey,
  livekitApiSecret,
  livekitApiUrl,
  livekitUrl,
  audienceIntervalSeconds,
  spotifyAccountsUrl,
  spotifyApiUrl,
  spotifyClientId,
  spotifyClientSecret,
  spotifyCredentialKeys,
  spotifyRedirectUris,
} from "./config.js";
import { authAccounts, type AuthAccounts } from "./identity/authAccounts.js";
import { tokenCipher, type TokenCipher } from "./spotify/cipher.js";
import { spotifyCatalog, type SpotifyCatalog } from "./spotify/catalog.js";
import { spotifyGateway, type SpotifyGateway } from "./spotify/gateway.js";
import { handOverQueue, type HandOverQueue } from "./shows/handOverQueue.js";

/** The edges of the system. Operations name the ones they use and never reach for others. */
export interface Dependencies {
  readonly firestore: Firestore;
  readonly accounts: AuthAccounts;
  readonly spotify: SpotifyGateway;
  readonly catalog: SpotifyCatalog;
  readonly redirectUris: readonly string[];
  readonly cipher: TokenCipher;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly recounts: RecountQueue;
  readonly audienceIntervalMs: number;
  readonly rooms: AudioRooms;
  /** Reads a webhook; rejects with `UnsignedEvent`. */
  readonly roomEvents: (
    rawBody: string,
    authorization: string | undefined,
  ) => Promise<RoomEvent | null>;
  readonly roomTasks: RoomTaskQueue;
  readonly absences: AbsenceQueue;
  readonly handOvers: HandOverQueue;
  readonly hostGraceMs: number;
}

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
  const audienceIntervalMs = Math.max(1, audienceIntervalSeconds.value()) * 1000;
  const once = <Edge>(make: () => Edge) => {
    let edge: { made: Edge } | undefined;
    return () => (edge ??= { made: make() }).made;
  };
  const accounts = once(() => authAccounts(getAuth(app)));
  const cipher = once(() => tokenCipher(spotifyCredentialKeys.value()));
  const recounts = once(() => recountQueue(getFunctions(app), audienceIntervalMs));
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
  const tasksForRooms = once(() => roomTaskQueue(getFunctions(app)));
  const tasksForAbsences = once(() => absenceQueue(getFunctions(app)));
  const tasksForHandOvers = once(() => handOverQueue(getFunctions(app)));
  return {
    firestore: getFirestore(app),
    clock: systemClock,
    newId: randomUUID,
    audienceIntervalMs,
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
    get recounts() {
      return recounts();
    },
    hostGraceMs: Math.max(0, hostGraceSeconds.value()) * 1_000,
    get rooms() {
      return rooms();
    },
    get roomEvents() {
      return roomEvents();
    },
    get roomTasks() {
      return tasksForRooms();
    },
    get absences() {
      return tasksForAbsences();
    },
    get handOvers() {
      return tasksForHandOvers();
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
