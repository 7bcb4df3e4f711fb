import { Timestamp, type Firestore } from "firebase-admin/firestore";
import type { ParticipantDocument } from "../../../src/contract/audience.js";
import { defaultSettings } from "../../../src/contract/shows.js";
import { credentialsRef } from "../../../src/collections.js";
import type { Dependencies } from "../../../src/dependencies.js";
import { participantIn, showIn, somebody, type Person } from "../backstage.js";
import { cipher } from "../countedDependencies.js";

/** A callable's operation, ready to be measured. */
export interface Call {
  /** The name in the table. */
  name: string;
  /** The most sequential Firestore round trips that it may take. */
  goal: number;
  /** It waits only for Firestore, not for LiveKit or a task queue. */
  asksNobodyElse?: true;
  /** Prepares the data and returns what each of `callers` people does. */
  scene: (
    firestore: Firestore,
    callers: number,
  ) => Promise<
    (deps: Dependencies) => Promise<(() => Promise<unknown>)[]> | (() => Promise<unknown>)[]
  >;
}

export const admin = (person: Person | undefined) => ({ uid: person?.uid ?? "", isAdmin: true });

export const people = (firestore: Firestore, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => somebody(`P${index}`, firestore)));

/** The same call by so many callers. */
export const times = (callers: number, work: () => Promise<unknown>) =>
  Array.from({ length: callers }, () => work);

/** A call about each of these, or by each of them. */
export const each = <Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>) =>
  items.map((item) => () => work(item));

/** Ada's live show with `size` other participants. */
export async function audience(
  firestore: Firestore,
  size: number,
  place: Partial<ParticipantDocument> = {},
): Promise<{ ada: Person; showId: string; listeners: Person[] }> {
  const ada = await somebody("Ada", firestore);
  const settings = { ...defaultSettings, maxSpeakers: 20 };
  const showId = await showIn("live", ada, { settings }, firestore);
  const listeners = await people(firestore, size);
  await Promise.all(listeners.map((person) => participantIn(showId, person, place, firestore)));
  return { ada, showId, listeners };
}

/** An account with a Spotify grant whose access token is valid for another `remainingMs`. */
export async function linkedAccount(firestore: Firestore, remainingMs: number): Promise<string> {
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
