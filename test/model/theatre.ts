import { deleteApp, FirebaseError, initializeApp } from "firebase/app";
import {
  connectFirestoreEmulator,
  doc,
  getFirestore,
  setLogLevel,
  writeBatch,
  type DocumentReference,
  type WriteBatch,
} from "firebase/firestore/lite";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Audio } from "../../functions/src/contract/audio.js";
import type { CallableContract } from "../../functions/src/contract/callable.js";
import { defaultSettings } from "../../functions/src/contract/shows.js";
import {
  auth,
  firestore,
  showIn,
  somebody,
  type Person,
} from "../../functions/test/support/backstage.js";
import type { LivekitBackdoor } from "../../functions/test/support/livekitBackdoor.js";
import { connectAudio, type AudioClient } from "../../local/audioClient/audioClient.js";
import { hostAndPort, type Endpoints } from "../../local/suite/endpoints.js";
import { unsignedToken } from "../../local/clientApp/unsignedToken.js";
import type { Source } from "./facts.js";
import { creator, people, SEATS, showNames, type Name, type ShowName } from "./state.js";

/** One run's people, with their phones, and Ada's two drafts. */
export interface Theatre extends Source {
  readonly endpoints: Endpoints;
  readonly livekit: LivekitBackdoor;
  /** Calls a function and resolves with the answer, parsed, or with the reason of its refusal. */
  call<Request extends z.ZodType, Response extends z.ZodType>(
    caller: Name,
    contract: CallableContract<Request, Response>,
    request: z.input<Request>,
  ): Promise<CallResult<z.output<Response>>>;
  /** Commits a batch under the rules. */
  write(
    caller: Name,
    fill: (batch: WriteBatch, at: (path: string) => DocumentReference) => void,
  ): Promise<"ok" | "denied">;
  isDeleted(name: Name): boolean;
  setDeleted(name: Name): void;
  /** Whether this person's phone has sound. The others take part without it. */
  hasSound(name: Name): boolean;
  /** Connects the person's phone, unless it is connected. It speaks whenever LiveKit lets it, as an app does. */
  connect(show: ShowName, name: Name, access: Audio): Promise<void>;
  /** Disconnects the person's phone, if it is connected. */
  disconnect(show: ShowName, name: Name): Promise<void>;
  /** How often a phone began to publish sound. */
  readonly spoken: number;
  /** Lets the creator be supported, once. */
  openSupport(): Promise<void>;
  close(): Promise<void>;
}

export type CallResult<Answer> =
  | { readonly answer: Answer; readonly reason: null }
  | { readonly answer: null; readonly reason: string };

// The model expects refusals. Do not let the SDK print the rules' trace of each.
setLogLevel("silent");

/** A native connection costs a tenth of a second, so only some people have one. */
const WITH_SOUND: readonly Name[] = ["ada", "ben", "cleo"];

const LONGER_THAN_A_RUN_MS = 24 * 3_600_000;

const okBody = z.object({ result: z.unknown() });
const errorBody = z.object({
  error: z.object({ status: z.string(), details: z.object({ reason: z.string() }).optional() }),
});

/** How often an app repeats a call that met another one's transaction. */
const ATTEMPTS = 5;

export async function openTheatre(
  endpoints: Endpoints,
  livekit: LivekitBackdoor,
  supportOf: (theatre: Pick<Theatre, "call" | "uid">) => Promise<void>,
): Promise<Theatre> {
  const persons = new Map<Name, Person>();
  await Promise.all(
    people.map(async (name) => {
      persons.set(name, await somebody(name));
    }),
  );
  const personOf = (name: Name): Person => {
    const person = persons.get(name);
    if (!person) throw new Error(`there is no ${name}`);
    return person;
  };
  await auth.importUsers(
    [...persons.values()].map(({ uid, displayName }) => ({ uid, displayName })),
  );
  const settings = { ...defaultSettings, maxSpeakers: SEATS };
  const showIds = new Map<ShowName, string>();
  for (const show of showNames) {
    showIds.set(show, await showIn("draft", personOf(creator), { settings }));
  }
  const showId = (show: ShowName): string => {
    const id = showIds.get(show);
    if (id === undefined) throw new Error(`there is no ${show} show`);
    return id;
  };
  const apps = people.map((name) => {
    const app = initializeApp({ projectId: endpoints.projectId, apiKey: "local" }, randomUUID());
    const db = getFirestore(app);
    const [host, port] = hostAndPort(endpoints.firestore);
    connectFirestoreEmulator(db, host, port, { mockUserToken: { sub: personOf(name).uid } });
    return { name, app, db };
  });
  const dbOf = new Map(apps.map(({ name, db }) => [name, db]));
  // A phone has one connection at a time: a second one with the same identity would end the first.
  const connections = new Map<string, Promise<AudioClient | undefined>>();
  const inTurn = async (
    phone: string,
    change: (before: AudioClient | undefined) => Promise<AudioClient | undefined>,
  ): Promise<void> => {
    const before = connections.get(phone) ?? Promise.resolve(undefined);
    const changed = before.catch(() => undefined).then(change);
    connections.set(phone, changed);
    await changed;
  };
  let spoken = 0;
  const deleted = new Set<Name>();
  let support: Promise<void> | undefined;

  const uid = (name: Name): string => personOf(name).uid;
  const call: Theatre["call"] = async (caller, contract, request) => {
    for (let attempt = 1; ; attempt += 1) {
      const result = await callOnce(endpoints, uid(caller), contract, request);
      if (result.reason !== "CONTENTION" || attempt === ATTEMPTS) return result;
    }
  };
  return {
    endpoints,
    livekit,
    firestore,
    async room(id) {
      const [rooms, connected] = await Promise.all([
        livekit.service.listRooms([id]),
        livekit.service.listParticipants(id),
      ]);
      if (rooms.length === 0) return null;
      return connected.map(({ identity, permission, tracks }) => ({
        uid: identity,
        canPublish: permission?.canPublish === true,
        publishes: tracks.length > 0,
      }));
    },
    uid,
    nameOf: (id) => people.find((name) => uid(name) === id),
    showId,
    call,
    async write(caller, fill) {
      const db = dbOf.get(caller);
      if (!db) throw new Error(`${caller} has no app`);
      for (;;) {
        const batch = writeBatch(db);
        fill(batch, (path) => doc(db, path));
        try {
          await batch.commit();
          return "ok";
        } catch (error) {
          if (!(error instanceof FirebaseError)) throw error;
          if (error.code === "permission-denied" || error.code === "not-found") return "denied";
          // The emulator makes writes wait for each other, and gives up one that waits for long.
          if (!error.message.includes("Transaction lock timeout")) throw error;
        }
      }
    },
    isDeleted: (name) => deleted.has(name),
    setDeleted(name) {
      deleted.add(name);
    },
    hasSound: (name) => WITH_SOUND.includes(name),
    connect: (show, name, access) =>
      inTurn(`${show} ${name}`, async (before) => {
        if (before?.connected === true) return before;
        await before?.disconnect();
        const phone = await connectAudio(access);
        void speakWhenAllowed(phone, () => {
          spoken += 1;
        });
        return phone;
      }),
    disconnect: (show, name) =>
      inTurn(`${show} ${name}`, async (before) => {
        await before?.disconnect();
        return undefined;
      }),
    get spoken() {
      return spoken;
    },
    openSupport: () => (support ??= supportOf({ call, uid })),
    async close() {
      const open = await Promise.allSettled(connections.values());
      for (const each of open) {
        if (each.status === "fulfilled") await each.value?.disconnect();
      }
      await Promise.all(apps.map(({ app }) => deleteApp(app)));
    },
  };
}

async function speakWhenAllowed(phone: AudioClient, onSpeech: () => void): Promise<void> {
  const ended = phone.disconnected.then(() => false);
  const becomes = (canPublish: boolean) =>
    phone.untilCanPublish(canPublish, LONGER_THAN_A_RUN_MS).then(() => true);
  const isNext = (canPublish: boolean) => Promise.race([becomes(canPublish), ended]);
  while (await isNext(true)) {
    if ((await phone.speak()) === "speaking") onSpeech();
    if (!(await isNext(false))) return;
  }
}

async function callOnce<Request extends z.ZodType, Response extends z.ZodType>(
  { functions, projectId, region }: Endpoints,
  uid: string,
  contract: CallableContract<Request, Response>,
  request: z.input<Request>,
): Promise<CallResult<z.output<Response>>> {
  const response = await fetch(`http://${functions}/${projectId}/${region}/${contract.name}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "authorization": `Bearer ${unsignedToken(projectId, uid)}`,
    },
    body: JSON.stringify({ data: request }),
  });
  const text = await response.text();
  if (response.ok) {
    return {
      answer: contract.response.parse(okBody.parse(JSON.parse(text)).result),
      reason: null,
    };
  }
  const { error } = errorBody.parse(JSON.parse(text));
  return { answer: null, reason: error.details?.reason ?? error.status };
}
