import { Timestamp } from "firebase-admin/firestore";
import type { Dependencies } from "../../src/dependencies.js";
import { joinShow } from "../../src/audience/joinShow.js";
import { leaveShow } from "../../src/audience/leaveShow.js";
import {
  blockRef,
  clientConfigRef,
  commentRef,
  credentialsRef,
  deletionRef,
  deviceRef,
  feedRef,
  followRef,
  followsRef,
  inboxRef,
  paymentsRef,
  participantRef,
  playbackRef,
  showSearchRef,
  songRequestsRef,
  speakRequestRef,
  summaryRef,
  supportAccountRef,
  userRef,
} from "../../src/collections.js";
import { noReactions } from "../../src/contract/reactions.js";
import { openSupportAccount } from "../../src/payments/openSupportAccount.js";
import { supportAccountStatus } from "../../src/payments/supportAccountStatus.js";
import { supportCreator } from "../../src/payments/supportCreator.js";
import { hideComments } from "../../src/moderation/hideComments.js";
import { removeParticipant } from "../../src/moderation/removeParticipant.js";
import { unban } from "../../src/moderation/unban.js";
import { deleteAccount } from "../../src/privacy/deleteAccount.js";
import { endShow } from "../../src/shows/endShow.js";
import { startShow } from "../../src/shows/startShow.js";
import { requestSong } from "../../src/songRequests/requestSong.js";
import { getSpotifyAccessToken } from "../../src/spotify/getSpotifyAccessToken.js";
import { acceptInvitation } from "../../src/stage/acceptInvitation.js";
import { decideSpeakRequest } from "../../src/stage/decideSpeakRequest.js";
import { setRole } from "../../src/stage/setRole.js";
import { setStageMode } from "../../src/stage/setStageMode.js";
import { as } from "../support/callers.js";
import { storeGrant } from "../support/ownSpotify.js";
import { supportConfig } from "../support/supportScene.js";
import type { Scene } from "./scene.js";

/** Something that a person does, with all that follows from it. */
export interface Operation {
  readonly name: string;
  /** By default the first show is live. */
  readonly before?: "draft";
  prepare?(scene: Scene): Promise<unknown>;
  perform(scene: Scene, deps: Dependencies): Promise<unknown>;
  /** What the person's phone does with the answer. */
  then?(scene: Scene, answer: unknown): Promise<unknown>;
  /** Its effect beyond the model's facts. */
  effect?(scene: Scene): Promise<unknown>;
  /** The minutes after which the result is checked (default 0, 1, 2, 3, 5). */
  readonly checkedAfterMinutes?: readonly number[];
  /** What completes it if its function dies. */
  readonly healer: string;
  /** Faults that nothing repairs, by their titles, and what they mean for people. */
  readonly accepts?: Readonly<Record<string, string>>;
}

/** A track of the local Spotify. */
const SONG = "5W3cjX2J3tjhG8zb6u0qHn";

/** For what the hourly sweeps heal, at the latest. */
const HOURLY = [0, 1, 62];
const LOST_TRIGGERS = "Triggers and webhooks: triggers are lost";
const RELINK =
  "Spotify has replaced the refresh token, and nobody has the new one: the person signs in again";

const ada = (scene: Scene) => as(scene.person("ada"));

/** The documents beneath a path, without their times. */
async function documentsIn(scene: Scene, path: string): Promise<readonly string[]> {
  const { docs } = await scene.firestore.collection(path).get();
  return docs.map(({ id }) => id);
}

export const operations: readonly Operation[] = [
  {
    name: "go live",
    before: "draft",
    healer: "another call; `sweepShow`; the task's retry",
    async prepare({ firestore: db, person }) {
      const { uid } = person("eve");
      const now = Timestamp.now();
      const creatorUid = person("ada").uid;
      await followRef(db, uid, creatorUid).set({ createdAt: now, creatorUid });
      await followsRef(db, uid).set({ creatorUids: [creatorUid], updatedAt: now });
      await userRef(db, creatorUid).update({ followerCount: 1 });
      await deviceRef(db, "phone").set({
        uid,
        token: "phone",
        platform: "ios",
        language: "en",
        updatedAt: now,
        expiresAt: Timestamp.fromMillis(now.toMillis() + 1e9),
      });
    },
    perform: (scene, deps) => startShow(deps, ada(scene), { showId: scene.showId() }),
    async effect({ firestore: db, person, showId }) {
      const [inbox, search] = await Promise.all([
        inboxRef(db, person("eve").uid).get(),
        showSearchRef(db, showId()).get(),
      ]);
      return { notified: inbox.size, isFound: search.exists };
    },
    accepts: {
      [LOST_TRIGGERS]:
        "nobody is notified, and searches do not find the show until its next change",
    },
  },
  {
    name: "join",
    healer: "another call; `sweepShow`",
    perform: (scene, deps) => joinShow(deps, as(scene.person("eve")), { showId: scene.showId() }),
    then: (scene) => scene.connect("eve"),
  },
  {
    name: "leave",
    healer: "another call; `sweepShow`",
    perform: (scene, deps) => leaveShow(deps, as(scene.person("dan")), { showId: scene.showId() }),
    then: (scene) => scene.disconnect("dan"),
  },
  {
    name: "leave the stage",
    healer: "another call; `sweepShow`",
    perform: (scene, deps) => leaveShow(deps, as(scene.person("cleo")), { showId: scene.showId() }),
    then: (scene) => scene.disconnect("cleo"),
  },
  {
    name: "ask to speak",
    healer: "another write",
    perform: ({ person, showId }, { firestore: db }) => {
      const { uid } = person("dan");
      return speakRequestRef(db, showId(), uid).set({
        uid,
        status: "pending",
        message: "",
        createdAt: Timestamp.now(),
        decidedAt: null,
        decidedBy: null,
      });
    },
  },
  {
    name: "accept a request",
    healer: "another call; `sweepShow`",
    prepare: (scene) => scene.ask("dan"),
    perform: (scene, deps) =>
      decideSpeakRequest(deps, ada(scene), {
        showId: scene.showId(),
        uid: scene.person("dan").uid,
        decision: "accept",
      }),
  },
  {
    name: "reject a request",
    healer: "another call",
    prepare: (scene) => scene.ask("dan"),
    perform: (scene, deps) =>
      decideSpeakRequest(deps, ada(scene), {
        showId: scene.showId(),
        uid: scene.person("dan").uid,
        decision: "reject",
      }),
  },
  {
    name: "invite",
    healer: "another call; the task's retry",
    perform: (scene, deps) =>
      setRole(deps, ada(scene), {
        showId: scene.showId(),
        uid: scene.person("dan").uid,
        role: "speaker",
      }),
  },
  {
    name: "accept an invitation",
    healer: "another call; `sweepShow`",
    prepare: ({ firestore: db, person, showId }) =>
      participantRef(db, showId(), person("dan").uid).update({ invitedTo: "speaker" }),
    perform: (scene, deps) =>
      acceptInvitation(deps, as(scene.person("dan")), { showId: scene.showId() }),
  },
  {
    name: "demote",
    healer: "another call; `sweepShow`",
    perform: (scene, deps) =>
      setRole(deps, ada(scene), {
        showId: scene.showId(),
        uid: scene.person("cleo").uid,
        role: "listener",
      }),
  },
  {
    name: "remove and ban",
    healer: "another call; `sweepShow`",
    perform: (scene, deps) =>
      removeParticipant(deps, ada(scene), {
        showId: scene.showId(),
        uid: scene.person("cleo").uid,
        ban: true,
      }),
  },
  {
    name: "unban",
    healer: "another call",
    async prepare(scene) {
      const { world, person, showId } = scene;
      const uid = person("cleo").uid;
      await removeParticipant(world.deps, ada(scene), { showId: showId(), uid, ban: true });
    },
    perform: (scene, deps) =>
      unban(deps, ada(scene), { showId: scene.showId(), uid: scene.person("cleo").uid }),
  },
  {
    name: "switch to music",
    healer: "another call; `sweepShow` ends a closing after 30 s",
    perform: (scene, deps) =>
      setStageMode(deps, ada(scene), { showId: scene.showId(), mode: "music" }),
  },
  {
    name: "switch to talk",
    healer: "another call; `sweepShow`",
    prepare: (scene) => scene.playMusic(),
    perform: (scene, deps) =>
      setStageMode(deps, ada(scene), { showId: scene.showId(), mode: "talk" }),
  },
  {
    name: "pause a track",
    healer: "another write; the event's retry",
    prepare: (scene) => scene.playMusic(),
    perform: ({ person, showId }, { firestore: db, clock }) =>
      playbackRef(db, showId()).update({
        paused: true,
        at: Timestamp.fromMillis(clock.now()),
        by: person("ada").uid,
        sequence: 2,
      }),
    async effect(scene) {
      const playback = (await playbackRef(scene.firestore, scene.showId()).get()).data();
      const timeline = await documentsIn(scene, `shows/${scene.showId()}/timeline`);
      return { isPaused: playback?.paused, timeline };
    },
    accepts: { [LOST_TRIGGERS]: "the pause is missing in the plays and the setlist" },
  },
  {
    name: "comment",
    healer: "another write; `sweepShow`",
    perform: ({ person, showId }, { firestore: db }) => {
      const { uid, displayName, photoUrl } = person("dan");
      const at = Timestamp.now();
      return db
        .batch()
        .set(commentRef(db, showId(), "comment"), {
          authorUid: uid,
          author: { displayName, photoUrl },
          text: "Hello",
          createdAt: at,
          hidden: false,
        })
        .set(
          db.doc(`shows/${showId()}/activity/${uid}`),
          { lastCommentAt: at, lastCommentId: "comment" },
          { merge: true },
        )
        .commit();
    },
  },
  {
    name: "hide a person's comments",
    healer: "another call",
    async prepare({ firestore: db, person, showId }) {
      const { uid, displayName, photoUrl } = person("dan");
      for (const id of ["one", "two", "three"]) {
        await commentRef(db, showId(), id).set({
          authorUid: uid,
          author: { displayName, photoUrl },
          text: "Hello",
          createdAt: Timestamp.now(),
          hidden: false,
        });
      }
    },
    perform: (scene, deps) =>
      hideComments(deps, ada(scene), {
        showId: scene.showId(),
        uid: scene.person("dan").uid,
      }),
  },
  {
    name: "react",
    healer: "another write; `sweepShow`",
    perform: ({ person, showId }, { firestore: db }) =>
      db
        .doc(`shows/${showId()}/reactions/${person("dan").uid}`)
        .set({ ...noReactions, heart: 3, at: Timestamp.now() }),
    effect: async ({ firestore: db, showId }) =>
      (await feedRef(db, showId()).get()).data()?.reactions,
  },
  {
    name: "request a song",
    healer: "another call; `sweepShow`",
    async prepare({ world, person }) {
      const grant = await world.servers.spotify.grant(world.clock, "listener-dan");
      await storeGrant({ ...world.deps, firestore: world.observer }, person("dan").uid, grant);
    },
    perform: (scene, deps) =>
      requestSong(deps, as(scene.person("dan")), {
        showId: scene.showId(),
        trackUri: `spotify:track:${SONG}`,
      }),
    async effect({ firestore: db, showId }) {
      const [requests, feed] = await Promise.all([
        songRequestsRef(db, showId()).get(),
        feedRef(db, showId()).get(),
      ]);
      return { requests: requests.size, published: feed.data()?.songRequests.length };
    },
  },
  {
    name: "get a Spotify token",
    healer: "another call, once the lease has expired",
    async prepare({ world, person }) {
      const grant = await world.servers.spotify.grant(world.clock, "listener-dan");
      const expired = { ...grant, expiresAt: world.clock.now() - 1 };
      await storeGrant({ ...world.deps, firestore: world.observer }, person("dan").uid, expired);
    },
    perform: (scene, deps) => getSpotifyAccessToken(deps, as(scene.person("dan"))),
    accepts: {
      "The function: is killed before each of its requests": RELINK,
      "Firestore: fails at each request (`UNAVAILABLE`)": RELINK,
      "Spotify: obeys, and its answers are lost": RELINK,
      "The clock of an instance: is 5 min slow":
        "the app gets a token that has expired, until another instance answers",
    },
    async effect({ world, firestore: db, person }) {
      const credentials = (await credentialsRef(db, person("dan").uid).get()).data();
      const expiresAt = credentials?.expiresAt.toMillis() ?? 0;
      return { isFresh: expiresAt > world.clock.now() };
    },
  },
  {
    name: "support the creator",
    healer: "the same request again; `checkPayments`",
    checkedAfterMinutes: HOURLY,
    async prepare({ world, firestore: db, person }) {
      const deps = { ...world.deps, firestore: db, payments: world.servers.stripe.payments };
      await clientConfigRef(db).set(supportConfig);
      await openSupportAccount(deps, as(person("ada")), {});
      const account = (await supportAccountRef(db, person("ada").uid).get()).data()?.accountId;
      await world.servers.stripe.control.changeAccount({
        account: account ?? "",
        chargesEnabled: true,
        payoutsEnabled: true,
        requirementsDue: [],
      });
      await supportAccountStatus(deps, as(person("ada")));
      await world.servers.stripe.control.takeEvents();
    },
    perform: ({ person, showId }, deps) =>
      supportCreator(deps, as(person("dan")), {
        creatorUid: person("ada").uid,
        showId: showId(),
        amount: 500,
        currency: "eur",
        message: "What a night",
        requestId: `request-${person("dan").uid.slice(-12)}`,
        from: "web",
      }),
    async then({ world, firestore: db }) {
      const { stripe } = world.servers;
      const { docs } = await paymentsRef(db).get();
      for (const payment of docs) {
        const { sessionId } = payment.data().stripe;
        if (sessionId !== null) await stripe.control.act(sessionId, "pay");
      }
      for (const event of await stripe.control.takeEvents()) {
        world.signals.push({
          kind: "webhook",
          async deliver(deps) {
            const status = await stripe.deliver(deps, event);
            if (status !== 200) throw new Error(`the webhook answered ${status}`);
          },
        });
      }
    },
    async effect(scene) {
      const { firestore: db, showId } = scene;
      const payments = (await paymentsRef(db).get()).docs.map((each) => each.data().status);
      const comments = await documentsIn(scene, `shows/${showId()}/comments`);
      return {
        paid: payments.filter((status) => status === "paid").length,
        comments: comments.length,
      };
    },
  },
  {
    name: "follow",
    healer: "the event's retry; `sweepFollowers`",
    perform: ({ person }, { firestore: db }) =>
      followRef(db, person("eve").uid, person("ada").uid).set({ createdAt: Timestamp.now() }),
    async effect({ firestore: db, person }) {
      const [list, profile] = await Promise.all([
        followsRef(db, person("eve").uid).get(),
        userRef(db, person("ada").uid).get(),
      ]);
      return { listed: list.data()?.creatorUids.length, counted: profile.data()?.followerCount };
    },
    accepts: {
      [LOST_TRIGGERS]:
        "the follow is not in the follower's list and has no creator's uid until it changes; `sweepFollowers` counts no such follow",
    },
  },
  {
    name: "block",
    healer: "the event's retry; `sweepBlocks`",
    checkedAfterMinutes: HOURLY,
    perform: ({ person }, { firestore: db, clock }) =>
      blockRef(db, person("ada").uid, person("dan").uid).set({
        createdAt: Timestamp.fromMillis(clock.now()),
      }),
  },
  {
    name: "save the setlist",
    healer: "the next save",
    async prepare(scene) {
      await endShow(scene.world.deps, ada(scene), { showId: scene.showId() });
    },
    perform: ({ person, showId }, { firestore: db }) =>
      db
        .doc(`shows/${showId()}/saves/${person("dan").uid}`)
        .set({ opened: true, saved: true, at: Timestamp.now() }),
    effect: async ({ firestore: db, showId }) => {
      const summary = (await summaryRef(db, showId()).get()).data();
      return { saved: summary?.saves };
    },
    accepts: { [LOST_TRIGGERS]: "the save is counted with the next one" },
  },
  {
    name: "end the show",
    healer: "another call; `sweepShow` runs `cleanUpShow`",
    perform: (scene, deps) => endShow(deps, ada(scene), { showId: scene.showId() }),
    async effect({ firestore: db, showId }) {
      const summary = await summaryRef(db, showId()).get();
      return { hasSummary: summary.exists };
    },
  },
  {
    name: "delete the account",
    healer: "`sweepDeletions`",
    perform: (scene, deps) => deleteAccount(deps, as(scene.person("cleo"))),
    async effect({ world, firestore: db, person }) {
      const { uid } = person("cleo");
      const isPending = (await deletionRef(db, uid).get()).exists;
      return { isPending, hasAccount: world.edges.accounts.known.has(uid) };
    },
  },
];
