import { Timestamp } from "firebase-admin/firestore";
import { clientConfigRef, followRef } from "../../../src/collections.js";
import { listFollowers } from "../../../src/follows/listFollowers.js";
import { signInWithSpotify } from "../../../src/identity/signInWithSpotify.js";
import { acceptTerms } from "../../../src/identity/acceptTerms.js";
import { disconnectSpotify } from "../../../src/identity/disconnectSpotify.js";
import { registerDevice } from "../../../src/notifications/registerDevice.js";
import { unregisterDevice } from "../../../src/notifications/unregisterDevice.js";
import { cancelDeletion } from "../../../src/privacy/cancelDeletion.js";
import { deleteAccount } from "../../../src/privacy/deleteAccount.js";
import { exportAccount } from "../../../src/privacy/exportAccount.js";
import { getSpotifyAccessToken } from "../../../src/spotify/getSpotifyAccessToken.js";
import { type Call, each, linkedAccount, people, times } from "./scenes.js";

export const accountsCalls: readonly Call[] = [
  {
    name: "signInWithSpotify",
    // One before the account is made, and two for the documents.
    goal: 3,
    scene: (_, callers) =>
      Promise.resolve((deps) =>
        times(callers, () =>
          signInWithSpotify(deps, {
            code: "code",
            redirectUri: "ambient://callback",
            codeVerifier: "v".repeat(43),
          }),
        ),
      ),
  },
  {
    name: "getSpotifyAccessToken (fresh)",
    goal: 1,
    scene: async (firestore, callers) => {
      const uid = await linkedAccount(firestore, 3_600_000);
      return (deps) => times(callers, () => getSpotifyAccessToken(deps, { uid }));
    },
  },
  {
    name: "getSpotifyAccessToken (refreshing)",
    goal: 3,
    scene: async (firestore, callers) => {
      const uid = await linkedAccount(firestore, 0);
      return (deps) => times(callers, () => getSpotifyAccessToken(deps, { uid }));
    },
  },
  {
    name: "registerDevice",
    goal: 3,
    asksNobodyElse: true,
    scene: async (firestore, callers) => {
      const members = await people(firestore, callers);
      return (deps) =>
        each(members, (person) =>
          registerDevice(deps, person, {
            token: `token-${person.uid}`,
            platform: "ios",
            language: "en",
            timeZone: "Europe/Vienna",
          }),
        );
    },
  },
  {
    name: "unregisterDevice",
    goal: 2,
    asksNobodyElse: true,
    scene: async (firestore, callers) => {
      const [person] = await people(firestore, 1);
      const uid = person?.uid ?? "";
      return (deps) => times(callers, () => unregisterDevice(deps, { uid }, { token: "token" }));
    },
  },
  {
    name: "deleteAccount",
    // Nobody hurries: each step waits for the one before, and there is one for each place in the inventory.
    goal: 61,
    scene: async (firestore, callers) => {
      const uids = await Promise.all(
        Array.from({ length: callers }, () => linkedAccount(firestore, 3_600_000)),
      );
      return (deps) => each(uids, (uid) => deleteAccount(deps, { uid }));
    },
  },
  {
    name: "cancelDeletion",
    goal: 2,
    scene: async (firestore, callers) => {
      const uids = await Promise.all(
        Array.from({ length: callers }, () => linkedAccount(firestore, 3_600_000)),
      );
      return (deps) => each(uids, (uid) => cancelDeletion(deps, { uid }));
    },
  },
  {
    name: "exportAccount",
    goal: 60,
    scene: async (firestore, callers) => {
      const uid = await linkedAccount(firestore, 3_600_000);
      return (deps) => times(callers, () => exportAccount(deps, { uid }, {}));
    },
  },
  {
    name: "listFollowers",
    goal: 2,
    scene: async (firestore, callers) => {
      const [ada, ...followers] = await people(firestore, 31);
      const createdAt = Timestamp.now();
      await Promise.all(
        followers.map(({ uid }) =>
          followRef(firestore, uid, ada?.uid ?? "").set({ createdAt, creatorUid: ada?.uid ?? "" }),
        ),
      );
      return (deps) => times(callers, () => listFollowers(deps, { uid: ada?.uid ?? "" }, {}));
    },
  },
  {
    name: "disconnectSpotify",
    goal: 6,
    scene: async (firestore, callers) => {
      const uid = await linkedAccount(firestore, 3_600_000);
      return (deps) => times(callers, () => disconnectSpotify(deps, { uid }));
    },
  },
];

/** Once the terms are in force, every other call needs them. */
export const acceptTermsCall: Call = {
  name: "acceptTerms",
  goal: 3,
  scene: async (firestore, callers) => {
    const members = await people(firestore, callers);
    const config = { minVersions: { ios: "1", android: "1", web: "1" }, features: {} };
    await clientConfigRef(firestore).set({ ...config, termsVersion: 1 });
    return (deps) =>
      members.map(({ uid }) => async () => {
        await acceptTerms(deps, { uid }, { version: 1, birthYear: 1990 });
      });
  },
};
