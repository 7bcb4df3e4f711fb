import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { randomBytes, randomUUID } from "node:crypto";
import { joinShow } from "../../src/audience/joinShow.js";
import { leaveShow } from "../../src/audience/leaveShow.js";
import { systemClock } from "../../src/clock.js";
import { credentialsRef } from "../../src/collections.js";
import type { Dependencies } from "../../src/dependencies.js";
import { signInWithSpotify } from "../../src/identity/signInWithSpotify.js";
import { cancelShow } from "../../src/shows/cancelShow.js";
import { endShow } from "../../src/shows/endShow.js";
import { startShow } from "../../src/shows/startShow.js";
import { getSpotifyAccessToken } from "../../src/spotify/getSpotifyAccessToken.js";
import { tokenCipher } from "../../src/spotify/cipher.js";
import type { SpotifyGateway } from "../../src/spotify/gateway.js";
import { participantIn, showIn, somebody, type Person } from "./backstage.js";

/** One callable's operation, ready to be measured. */
export interface Call {
  /** As it stands in the table. */
  name: string;
  /** The most sequential Firestore round trips it may take. */
  goal: number;
  /** Sets the scene and says what `callers` people do in it, each his own part. */
  scene: (
    firestore: Firestore,
    callers: number,
  ) => Promise<(deps: Dependencies) => (() => Promise<unknown>)[]>;
}

const caller = (person: Person) => ({ uid: person.uid, isAdmin: false });
const people = (firestore: Firestore, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => somebody(`P${index}`, firestore)));

/** Every callable. Where many call at once, they call for the same show or the same account. */
export const calls: readonly Call[] = [
  {
    name: "signInWithSpotify",
    goal: 2,
    scene: (_, callers) =>
      Promise.resolve((deps) =>
        Array.from(
          { length: callers },
          () => () => signInWithSpotify(deps, { code: "code", redirectUri: "ambient://callback" }),
        ),
      ),
  },
  {
    name: "getSpotifyAccessToken (fresh)",
    goal: 1,
    scene: async (firestore, callers) => {
      const uid = await linkedAccount(firestore, 3_600_000);
      return (deps) =>
        Array.from({ length: callers }, () => () => getSpotifyAccessToken(deps, { uid }));
    },
  },
  {
    name: "getSpotifyAccessToken (refreshing)",
    goal: 3,
    scene: async (firestore, callers) => {
      const uid = await linkedAccount(firestore, 0);
      return (deps) =>
        Array.from({ length: callers }, () => () => getSpotifyAccessToken(deps, { uid }));
    },
  },
  {
    name: "startShow",
    goal: 3,
    scene: async (firestore, callers) => {
      const ada = await somebody("Ada", firestore);
      const showId = await showIn("draft", ada, {}, firestore);
      return (deps) =>
        Array.from({ length: callers }, () => () => startShow(deps, caller(ada), { showId }));
    },
  },
  {
    name: "endShow",
    goal: 3,
    scene: async (firestore, callers) => {
      const ada = await somebody("Ada", firestore);
      const showId = await showIn("live", ada, {}, firestore);
      return (deps) =>
        Array.from({ length: callers }, () => () => endShow(deps, caller(ada), { showId }));
    },
  },
  {
    name: "cancelShow",
    goal: 2,
    scene: async (firestore, callers) => {
      const ada = await somebody("Ada", firestore);
      const showId = await showIn("scheduled", ada, {}, firestore);
      return (deps) =>
        Array.from({ length: callers }, () => () => cancelShow(deps, caller(ada), { showId }));
    },
  },
  {
    name: "joinShow",
    goal: 2,
    scene: async (firestore, callers) => {
      const showId = await showIn("live", await somebody("Ada", firestore), {}, firestore);
      const listeners = await people(firestore, callers);
      return (deps) =>
        listeners.map((listener) => () => joinShow(deps, caller(listener), { showId }));
    },
  },
  {
    name: "leaveShow",
    goal: 2,
    scene: async (firestore, callers) => {
      const showId = await showIn("live", await somebody("Ada", firestore), {}, firestore);
      const listeners = await people(firestore, callers);
      await Promise.all(
        listeners.map((listener) => participantIn(showId, listener, {}, firestore)),
      );
      return (deps) =>
        listeners.map((listener) => () => leaveShow(deps, caller(listener), { showId }));
    },
  },
];

const cipher = tokenCipher(JSON.stringify({ 1: randomBytes(32).toString("base64") }));

async function linkedAccount(firestore: Firestore, remainingMs: number): Promise<string> {
  const { uid } = await somebody("Ada", firestore);
  await credentialsRef(firestore, uid).set({
    refreshToken: cipher.encrypt("refresh", uid),
    accessToken: cipher.encrypt("access", uid),
    expiresAt: Timestamp.fromMillis(Date.now() + remainingMs),
    scopes: [],
    grantExpiresAt: Timestamp.fromMillis(Date.now() + 3_600_000),
    lease: null,
    refreshFailure: null,
    updatedAt: Timestamp.now(),
  });
  return uid;
}

/** The edges beside Firestore, counting how often they are reached. */
export function countedDependencies(firestore: Firestore): Dependencies & { external: string[] } {
  const external: string[] = [];
  const grant = { accessToken: "access", refreshToken: "refresh", scopes: [] };
  const reach = <Answer>(edge: string, answer: Answer): Promise<Answer> => {
    external.push(edge);
    return Promise.resolve(answer);
  };
  const inAnHour = () => Date.now() + 3_600_000;
  const spotify: SpotifyGateway = {
    exchangeCode: () => reach("Spotify token", { ...grant, expiresAt: inAnHour() }),
    refreshAccessToken: () => reach("Spotify token", { ...grant, expiresAt: inAnHour() }),
    getProfile: () => reach("Spotify profile", { id: "ada", account_id: "account-ada" }),
  };
  return {
    firestore,
    external,
    spotify,
    cipher,
    clock: systemClock,
    newId: randomUUID,
    redirectUris: ["ambient://callback"],
    audienceIntervalMs: 5_000,
    accounts: {
      upsert: () => reach("Auth account", undefined),
      customToken: () => reach("Auth token", "token"),
    },
    recounts: { enqueue: () => reach("Cloud Tasks", undefined) },
  };
}
