import { Timestamp } from "firebase-admin/firestore";
import {
  deviceRef,
  followRef,
  followsRef,
  inboxRef,
  participantRef,
  playlistRef,
  reminderRef,
  showRef,
  showSearchRef,
  summaryRef,
  userRef,
} from "../../../src/collections.js";
import { cancelShow } from "../../../src/shows/cancelShow.js";
import { endShow } from "../../../src/shows/endShow.js";
import { startShow } from "../../../src/shows/startShow.js";
import { sweepShow } from "../../../src/shows/sweepShow.js";
import { tracks } from "../../support/tracks.js";
import { by, calling, documentsIn, LOST_TRIGGERS, thisShow, type Operation } from "../operation.js";
import type { Scene } from "../scene.js";

const DAY_MS = 24 * 3_600_000;

/** Eve's phone. */
async function registerPhone({ firestore: db, person }: Scene): Promise<void> {
  const now = Timestamp.now();
  await deviceRef(db, "phone").set({
    uid: person("eve").uid,
    token: "phone",
    platform: "ios",
    language: "en",
    updatedAt: now,
    expiresAt: Timestamp.fromMillis(now.toMillis() + 1e9),
  });
}

/** A host has been gone for longer than the grace period. */
async function loseHost(scene: Scene, name: "ada" | "ben"): Promise<void> {
  const { world, person, showId } = scene;
  const leftAt = Timestamp.fromMillis(world.clock.now() - world.deps.hostGraceMs - 1_000);
  const { uid } = person(name);
  world.edges.rooms.rooms.get(showId())?.delete(uid);
  const gone = { state: "left", leftAt, canPublish: false } as const;
  // With its event, which updates the audience.
  await participantRef(world.deps.firestore, showId(), uid).update(gone);
}

async function hasSummary({ firestore: db, showId }: Scene) {
  return { hasSummary: (await summaryRef(db, showId()).get()).exists };
}

async function announcementOf({ firestore: db, person, showId }: Scene) {
  const [inbox, search] = await Promise.all([
    inboxRef(db, person("eve").uid).get(),
    showSearchRef(db, showId()).get(),
  ]);
  return { notified: inbox.size, isFound: search.exists };
}

export const showOperations: readonly Operation[] = [
  {
    name: "go live",
    before: "draft",
    healers: ["call", "sweepShow", "task"],
    async prepare(scene) {
      const { firestore: db, person } = scene;
      const { uid } = person("eve");
      const now = Timestamp.now();
      const creatorUid = person("ada").uid;
      await followRef(db, uid, creatorUid).set({ createdAt: now, creatorUid });
      await followsRef(db, uid).set({ creatorUids: [creatorUid], updatedAt: now });
      await userRef(db, creatorUid).update({ followerCount: 1 });
      await registerPhone(scene);
    },
    ...calling(startShow, by("ada"), thisShow),
    effect: announcementOf,
    losses: [
      {
        fault: LOST_TRIGGERS,
        runs: 1,
        differences: [
          // Ada's phone never connects here.
          "world.shows.first.parts.ada.place.state is lost instead of present",
          "effect.notified is 0 instead of 1",
          "effect.isFound is false instead of true",
        ],
        meaning: "nobody is notified, and searches do not find the show until its next change",
      },
    ],
  },
  {
    name: "cancel a show",
    before: "draft",
    healers: ["call", "event", "task"],
    async prepare(scene) {
      const { world, firestore: db, person, showId } = scene;
      await reminderRef(db, person("eve").uid, showId()).set({
        showId: showId(),
        createdAt: Timestamp.now(),
      });
      await registerPhone(scene);
      // With its event, which makes the show findable.
      await showRef(world.deps.firestore, showId()).update({
        status: "scheduled",
        scheduledFor: Timestamp.fromMillis(world.clock.now() + DAY_MS),
      });
    },
    ...calling(cancelShow, by("ada"), thisShow),
    effect: announcementOf,
    losses: [
      {
        fault: LOST_TRIGGERS,
        runs: 1,
        differences: [
          "effect.notified is 0 instead of 1",
          "effect.isFound is true instead of false",
        ],
        meaning: "nobody is notified, and searches still find the show",
      },
    ],
  },
  {
    name: "delete a draft",
    before: "draft",
    healers: ["write", "event"],
    prepare: ({ firestore: db, showId }) =>
      playlistRef(db, showId()).set({ revision: 1, tracks: tracks("A") }),
    perform: ({ showId }, { firestore: db }) => showRef(db, showId()).delete(),
    effect: (scene) => documentsIn(scene, `shows/${scene.showId()}/playlist`),
    losses: [
      {
        fault: LOST_TRIGGERS,
        runs: 1,
        differences: ["effect.0 is current instead of undefined"],
        meaning: "what is beneath the draft stays",
      },
    ],
  },
  {
    name: "end the show",
    healers: ["call", "sweepShow"],
    ...calling(endShow, by("ada"), thisShow),
    effect: hasSummary,
  },
  {
    name: "hand the show over",
    healers: ["sweepShow"],
    prepare: (scene) => loseHost(scene, "ada"),
    runs: sweepShow.name,
    perform: (scene, deps) => sweepShow(deps, thisShow(scene)),
  },
  {
    name: "end a show without hosts",
    healers: ["sweepShow"],
    prepare: (scene) => Promise.all([loseHost(scene, "ada"), loseHost(scene, "ben")]),
    runs: sweepShow.name,
    perform: (scene, deps) => sweepShow(deps, thisShow(scene)),
    effect: hasSummary,
  },
];
