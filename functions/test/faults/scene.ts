import { Timestamp } from "firebase-admin/firestore";
import { people, SEATS, type Name, type ShowName } from "../../../test/model/state.js";
import type { Source } from "../../../test/model/facts.js";
import {
  commentRef,
  leaseRef,
  playbackRef,
  playlistRef,
  playlistRevisionRef,
} from "../../src/collections.js";
import type { ParticipantDocument } from "../../src/contract/audience.js";
import { defaultSettings } from "../../src/contract/shows.js";
import { receiveRoomEvent } from "../../src/audio/receiveRoomEvent.js";
import { publishFeed } from "../../src/feed/publishFeed.js";
import { participantIn, requestIn, showIn, somebody, type Person } from "../support/backstage.js";
import { storeGrant } from "../support/ownSpotify.js";
import { tracks } from "../support/tracks.js";
import type { World } from "./world.js";

/** The model's five people and two shows of Ada's. The first is live, the second a draft. */
export interface Scene extends Source {
  readonly world: World;
  readonly showId: (show?: ShowName) => string;
  readonly person: (name: Name) => Person;
  /** Puts somebody into the first show, connected to its audio room. */
  enter(name: Name, place?: Partial<ParticipantDocument>): Promise<void>;
  ask(name: Name): Promise<void>;
  comment(name: Name, id: string): Promise<unknown>;
  /** Stores a persona's grant, as signing in does. */
  linkSpotify(name: Name, persona: string, token?: "fresh" | "expired"): Promise<void>;
  /** Switches the first show to music. */
  playMusic(): Promise<void>;
  /** A phone connects as a listener, and LiveKit reports it. */
  connect(name: Name): Promise<void>;
  /** A phone disconnects, and LiveKit reports it. */
  disconnect(name: Name): Promise<void>;
}

export interface Opening {
  /** Whether the first show is live; a draft otherwise. */
  readonly isLive: boolean;
}

/** Ada leads, Ben is cohost, Cleo speaks and Dan listens. Eve is not there. */
export async function openScene(world: World, { isLive }: Opening): Promise<Scene> {
  const { observer: db, edges, clock } = world;
  const persons = new Map<Name, Person>();
  await Promise.all(
    people.map(async (name) => {
      persons.set(name, await somebody(name, db));
    }),
  );
  const person = (name: Name): Person => {
    const found = persons.get(name);
    if (!found) throw new Error(`there is no ${name}`);
    return found;
  };
  for (const { uid, displayName } of persons.values()) {
    await edges.accounts.upsert(uid, { displayName, photoUrl: null });
  }
  const settings = { ...defaultSettings, maxSpeakers: SEATS };
  const [first, second] = await Promise.all([
    showIn(isLive ? "live" : "draft", person("ada"), { settings }, db),
    showIn("draft", person("ada"), { settings }, db),
  ]);
  const shows: Readonly<Record<ShowName, string>> = { first, second };
  const connectionOf = (name: Name, connectedAt: number) => ({
    showId: first,
    uid: person(name).uid,
    connectedAt,
  });

  const scene: Scene = {
    world,
    firestore: db,
    person,
    uid: (name) => person(name).uid,
    nameOf: (uid) => people.find((name) => person(name).uid === uid),
    showId: (show = "first") => shows[show],
    room: (showId) => {
      const room = edges.rooms.rooms.get(showId);
      const connected = room && [...room.values()];
      return Promise.resolve(
        connected?.map(({ uid, canPublish, tracks: sent }) => ({
          uid,
          canPublish,
          publishes: sent.length > 0,
        })) ?? null,
      );
    },
    async enter(name, place = {}) {
      const { uid } = person(name);
      await Promise.all([
        participantIn(first, person(name), place, db),
        leaseRef(db, first, uid).set({
          uid,
          aliveUntil: null,
          connectedSince: 0,
          expiresAt: Timestamp.fromMillis(clock.now() + 7 * 24 * 3_600_000),
        }),
      ]);
      const { role = "listener", canPublish = false } = place;
      edges.rooms.connect(first, uid, { role, canPublish }, canPublish ? 1 : 0);
    },
    ask: (name) => requestIn(first, person(name), {}, db),
    comment: (name, id) =>
      commentRef(db, first, id).set({
        authorUid: person(name).uid,
        author: { displayName: person(name).displayName, photoUrl: person(name).photoUrl },
        text: "Hello",
        createdAt: Timestamp.now(),
        hidden: false,
      }),
    async linkSpotify(name, persona, token = "fresh") {
      const grant = await world.servers.spotify.grant(clock, persona);
      const expiresAt = token === "fresh" ? grant.expiresAt : clock.now() - 1;
      const deps = { ...world.deps, firestore: db };
      await storeGrant(deps, person(name).uid, { ...grant, expiresAt });
    },
    async playMusic() {
      const list = tracks("A:200000 B:200000");
      await playlistRef(db, first).set({ revision: 1, tracks: list });
      await playlistRevisionRef(db, first, 1).set({
        tracks: list.map(({ uri, durationMs }) => ({ uri, durationMs })),
      });
      await playbackRef(db, first).set({
        mode: "music",
        trackUri: list[0]?.uri ?? null,
        trackIndex: 0,
        positionMs: 0,
        paused: false,
        at: Timestamp.fromMillis(clock.now()),
        by: person("ada").uid,
        sequence: 1,
        playlistRevision: 1,
      });
      for (const name of ["ada", "ben", "cleo"] as const) {
        const role = name === "ada" ? "creator" : name === "ben" ? "cohost" : "speaker";
        edges.rooms.connect(first, person(name).uid, { role, canPublish: false });
      }
    },
    connect(name) {
      const connectedAt = clock.now();
      const { uid } = person(name);
      const entitlement = { role: "listener", canPublish: false } as const;
      edges.rooms.connect(first, uid, entitlement);
      edges.rooms.connectedAt.set(uid, connectedAt);
      world.signals.push({
        kind: "webhook",
        runs: "audioWebhook",
        deliver: (deps) =>
          receiveRoomEvent(deps, {
            kind: "joined",
            ...connectionOf(name, connectedAt),
            ...entitlement,
          }),
      });
      return Promise.resolve();
    },
    disconnect(name) {
      const { uid } = person(name);
      const connectedAt = edges.rooms.connectedAt.get(uid) ?? 0;
      edges.rooms.rooms.get(first)?.delete(uid);
      world.signals.push({
        kind: "webhook",
        runs: "audioWebhook",
        deliver: (deps) =>
          receiveRoomEvent(deps, { kind: "left", ...connectionOf(name, connectedAt) }),
      });
      return Promise.resolve();
    },
  };
  if (isLive) {
    edges.rooms.rooms.set(first, new Map());
    await Promise.all([
      scene.enter("ada", { role: "creator", canPublish: true }),
      scene.enter("ben", { role: "cohost", canPublish: true }),
      scene.enter("cleo", { role: "speaker", canPublish: true }),
      scene.enter("dan"),
    ]);
    await publishFeed(world.deps, { showId: first });
  }
  return scene;
}
