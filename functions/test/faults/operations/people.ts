import { Timestamp } from "firebase-admin/firestore";
import {
  accountRef,
  blockRef,
  clientConfigRef,
  commentRef,
  creatorSearchRef,
  credentialsRef,
  deletionRef,
  followRef,
  followsRef,
  participantRef,
  showRef,
  termsRef,
  userRef,
} from "../../../src/collections.js";
import { acceptTerms } from "../../../src/identity/acceptTerms.js";
import { disconnectSpotify } from "../../../src/identity/disconnectSpotify.js";
import { signInWithSpotify } from "../../../src/identity/signInWithSpotify.js";
import { cancelDeletion } from "../../../src/privacy/cancelDeletion.js";
import { updateShowSearch } from "../../../src/search/updateShowSearch.js";
import { deleteAccount } from "../../../src/privacy/deleteAccount.js";
import { personas } from "../../../../local/spotify/personas.js";
import { showIn } from "../../support/backstage.js";
import { by, calling, LOST_TRIGGERS, noRequest, type Operation } from "../operation.js";
import type { Scene } from "../scene.js";

const DAY_MS = 24 * 3_600_000;

/** A person of the local Spotify who is not in the scene. */
const NEWCOMER = "listener-fay";
const newcomerUid = `spotify_${personas.find(({ id }) => id === NEWCOMER)?.accountId}`;

async function followOf({ firestore: db, person }: Scene) {
  const [list, profile] = await Promise.all([
    followsRef(db, person("eve").uid).get(),
    userRef(db, person("ada").uid).get(),
  ]);
  return { listed: list.data()?.creatorUids.length, counted: profile.data()?.followerCount };
}

export const personOperations: readonly Operation[] = [
  {
    name: "sign in",
    healers: ["call"],
    runs: signInWithSpotify.name,
    perform: async ({ world }, deps) =>
      signInWithSpotify(deps, await world.servers.spotify.code(NEWCOMER)),
    async effect({ world, firestore: db }) {
      const [user, account, credentials] = await Promise.all([
        userRef(db, newcomerUid).get(),
        accountRef(db, newcomerUid).get(),
        credentialsRef(db, newcomerUid).get(),
      ]);
      return {
        hasProfile: user.exists,
        isLinked: account.data()?.spotifyLinked,
        hasGrant: credentials.exists,
        // An account without a profile is nobody, until its person signs in again.
        hasAccount: user.exists && world.edges.accounts.known.has(newcomerUid),
      };
    },
  },
  {
    name: "accept the terms",
    healers: ["call"],
    async prepare({ firestore: db, person, showId }) {
      const minVersions = { ios: "1", android: "1", web: "1" };
      await clientConfigRef(db).set({ minVersions, features: {}, termsVersion: 1 });
      const place = participantRef(db, showId(), person("dan").uid);
      await place.update({ hasAcceptedTerms: false });
    },
    ...calling(acceptTerms, by("dan"), () => ({ version: 1, birthYear: 1990 })),
    async effect({ firestore: db, person, showId }) {
      const { uid } = person("dan");
      const [terms, place] = await Promise.all([
        termsRef(db, uid).get(),
        participantRef(db, showId(), uid).get(),
      ]);
      return { isStored: terms.exists, mayTakePart: place.data()?.hasAcceptedTerms };
    },
  },
  {
    name: "disconnect Spotify",
    healers: ["call", "event"],
    async prepare(scene) {
      const { firestore: db, person } = scene;
      await accountRef(db, person("ada").uid).set({
        spotifyId: "ada",
        spotifyLinked: true,
        spotifyGrantedAt: Timestamp.now(),
      });
      await scene.linkSpotify("ada", "creator-ada");
      await scene.comment("ada", "comment");
    },
    ...calling(disconnectSpotify, by("ada"), noRequest),
    async effect({ firestore: db, person, showId }) {
      const { uid } = person("ada");
      const [user, account, credentials, show, place, comment] = await Promise.all([
        userRef(db, uid).get(),
        accountRef(db, uid).get(),
        credentialsRef(db, uid).get(),
        showRef(db, showId()).get(),
        participantRef(db, showId(), uid).get(),
        commentRef(db, showId(), "comment").get(),
      ]);
      return {
        account: { isLinked: account.data()?.spotifyLinked, id: account.data()?.spotifyId },
        hasGrant: credentials.exists,
        names: [
          user.data()?.displayName,
          show.data()?.creator.displayName,
          place.data()?.displayName,
          comment.data()?.author.displayName,
        ],
      };
    },
  },
  {
    name: "follow",
    healers: ["write", "event", "sweepFollowers"],
    perform: ({ person }, { firestore: db }) =>
      followRef(db, person("eve").uid, person("ada").uid).set({ createdAt: Timestamp.now() }),
    effect: followOf,
    losses: [
      {
        fault: LOST_TRIGGERS,
        runs: 1,
        differences: [
          "effect.listed is undefined instead of 1",
          "effect.counted is 0 instead of 1",
        ],
        meaning:
          "the follow is not in the follower's list and has no creator's uid until it changes; `sweepFollowers` counts no such follow",
      },
    ],
  },
  {
    name: "unfollow",
    healers: ["write", "event", "sweepFollowers"],
    prepare: ({ world, person }) =>
      followRef(world.deps.firestore, person("eve").uid, person("ada").uid).set({
        createdAt: Timestamp.now(),
      }),
    perform: ({ person }, { firestore: db }) =>
      followRef(db, person("eve").uid, person("ada").uid).delete(),
    effect: followOf,
    losses: [
      {
        fault: LOST_TRIGGERS,
        runs: 1,
        differences: ["effect.listed is 1 instead of undefined"],
        meaning: "the creator stays in the follower's list until it changes",
      },
    ],
  },
  {
    name: "block",
    healers: ["write", "event", "sweepBlocks"],
    perform: ({ person }, { firestore: db, clock }) =>
      blockRef(db, person("ada").uid, person("dan").uid).set({
        createdAt: Timestamp.fromMillis(clock.now()),
      }),
  },
  {
    name: "unblock",
    healers: ["write", "event"],
    prepare: ({ world, person }) =>
      blockRef(world.deps.firestore, person("ada").uid, person("eve").uid).set({
        createdAt: Timestamp.fromMillis(world.clock.now()),
      }),
    perform: ({ person }, { firestore: db }) =>
      blockRef(db, person("ada").uid, person("eve").uid).delete(),
    losses: [
      {
        fault: LOST_TRIGGERS,
        runs: 1,
        differences: [
          "eve is hidden from ada",
          "ada is hidden from eve",
          "hidden.0.by is ada instead of undefined",
          "hidden.0.of is eve instead of undefined",
          "hidden.1.by is eve instead of undefined",
          "hidden.1.of is ada instead of undefined",
        ],
        meaning: "they stay hidden from each other until one blocks and unblocks the other again",
      },
    ],
  },
  {
    name: "cancel the deletion",
    healers: ["call", "event"],
    async prepare(scene) {
      const { world, firestore: db, person } = scene;
      const deps = { ...world.deps, deletionGraceMs: DAY_MS };
      // Eve can be found while a show of theirs can.
      const showId = await showIn("ended", person("eve"), {}, db);
      await updateShowSearch(deps, showId);
      await deleteAccount(deps, by("eve")(scene));
    },
    ...calling(cancelDeletion, by("eve"), noRequest),
    async effect({ firestore: db, person }) {
      const { uid } = person("eve");
      const [deletion, search] = await Promise.all([
        deletionRef(db, uid).get(),
        creatorSearchRef(db, uid).get(),
      ]);
      return { isPending: deletion.exists, isFound: search.exists };
    },
    losses: [
      {
        fault: LOST_TRIGGERS,
        runs: 1,
        differences: ["effect.isFound is false instead of true"],
        meaning: "searches do not find the person until their profile changes",
      },
    ],
  },
  {
    name: "delete the account",
    healers: ["sweepDeletions"],
    ...calling(deleteAccount, by("cleo"), noRequest),
    async effect({ world, firestore: db, person }) {
      const { uid } = person("cleo");
      const isPending = (await deletionRef(db, uid).get()).exists;
      return { isPending, hasAccount: world.edges.accounts.known.has(uid) };
    },
  },
];
