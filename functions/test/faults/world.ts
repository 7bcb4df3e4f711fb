import type { Firestore } from "firebase-admin/firestore";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { emptyFirestore } from "../../../local/emulators/emptyFirestore.js";
import type { Dependencies } from "../../src/dependencies.js";
import { countFollowers } from "../../src/follows/countFollowers.js";
import { publishFeed } from "../../src/feed/publishFeed.js";
import { notify } from "../../src/notifications/notify.js";
import type { PushMessage, PushOutcome } from "../../src/ports/pushSender.js";
import { sweepShow } from "../../src/shows/sweepShow.js";
import type { TaskQueue } from "../../src/tasks/taskQueue.js";
import { notifyTask } from "../../src/tasks/tasks.js";
import { quietFirestore } from "../support/backstage.js";
import { manualClock } from "../support/manualClock.js";
import { countedDependencies } from "../support/countedDependencies.js";
import type { OwnSpotify } from "../support/ownSpotify.js";
import type { OwnStripe } from "../support/ownStripe.js";
import { showEdges } from "../support/showEdges.js";
import { triggerOf, type Signal } from "./signals.js";
import { switchboard, untouched, type Service, type Switchboard } from "./switchboard.js";

export const taskNames = ["publishFeed", "sweepShow", "countFollowers", "notify"] as const;
type TaskName = (typeof taskNames)[number];

/** A task of a queue, which runs at `dueAt` (ms since the epoch) on the true clock. */
export interface QueuedTask {
  /** The deployed function that runs it. */
  readonly runs: TaskName;
  readonly dueAt: number;
  run(deps: Dependencies): Promise<unknown>;
}

/**
 * The functions with all that they depend on. Firestore is the emulator; Spotify and Stripe are the local servers behind
 * production's adapters; LiveKit, FCM and Firebase Auth are models. Nothing runs by itself: triggers, webhooks and tasks wait
 * here until they are delivered, and the clock moves by hand.
 */
export interface World {
  readonly board: Switchboard;
  /** What the functions get, faults included. */
  readonly deps: Dependencies;
  /** Firestore without faults. */
  readonly observer: Firestore;
  readonly clock: ReturnType<typeof manualClock>;
  readonly edges: Pick<ReturnType<typeof showEdges>, "rooms" | "accounts">;
  readonly servers: Servers;
  readonly signals: Signal[];
  readonly tasks: QueuedTask[];
  /** The deployed functions that have run for a signal or a task. */
  readonly ran: Set<string>;
  /** Which devices were notified of what. */
  readonly pushes: string[];
  /** What FCM answers. */
  setPushOutcome(outcome: PushOutcome): void;
  /** Deletes everything, and sets the clock to the true time. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface Servers {
  readonly spotify: OwnSpotify;
  readonly stripe: OwnStripe;
}

const commit = z.object({
  transaction: z.unknown().optional(),
  writes: z
    .array(
      z.object({
        update: z.object({ name: z.string() }).nullish(),
        delete: z.string().nullish(),
      }),
    )
    .nullish(),
});

export function openWorld(servers: Servers): World {
  const projectId = `demo-faults-${randomUUID().slice(0, 8)}`;
  const firestore = quietFirestore(projectId);
  const observer = quietFirestore(projectId);
  const board = switchboard();
  const signals: Signal[] = [];
  const tasks: QueuedTask[] = [];
  const ran = new Set<string>();
  const taken = new Set<string>();
  const pushes: string[] = [];
  let pushOutcome: PushOutcome = "sent";
  const edges = showEdges(firestore);
  const clock = manualClock(Date.now());
  watch(firestore, observer, board, signals);

  const through = <Port extends object>(service: Service, port: Port, except: string[] = []) =>
    passing(board, service, port, except);
  const queue = <Payload>(
    name: TaskName,
    keyOf: (payload: Payload) => string,
    run: (deps: Dependencies, payload: Payload) => Promise<unknown>,
  ): TaskQueue<Payload> => ({
    enqueue: async (payload, dueAt) => {
      await board.pass("Cloud Tasks", `enqueue ${name}`, () => {
        // Cloud Tasks accepts a name once.
        const key = JSON.stringify([name, keyOf(payload), dueAt]);
        if (!taken.has(key)) tasks.push({ runs: name, dueAt, run: (deps) => run(deps, payload) });
        taken.add(key);
        return Promise.resolve();
      });
    },
  });
  const ofShow = ({ showId }: { readonly showId: string }) => showId;
  const push = {
    send: (messages: readonly PushMessage[]) => {
      const outcomes = messages.map(() => pushOutcome);
      if (pushOutcome === "sent") {
        pushes.push(...messages.map(({ token, collapseKey }) => `${token} ${collapseKey}`));
      }
      return Promise.resolve({ outcomes, retryAfterMs: 0 });
    },
  };
  const now = () => clock.now() + board.clockOffsetMs();
  const own = { ...clock, now };
  const deps: Dependencies = {
    ...countedDependencies(firestore),
    cipher: edges.cipher,
    clock: own,
    hostGraceMs: edges.hostGraceMs,
    presenceGraceMs: edges.presenceGraceMs,
    audienceIntervalMs: edges.audienceIntervalMs,
    digestIntervalMs: edges.digestIntervalMs,
    movesIntervalMs: edges.movesIntervalMs,
    reportRetentionMs: edges.reportRetentionMs,
    rooms: through("LiveKit", edges.rooms, ["access"]),
    accounts: through("Firebase Auth", edges.accounts),
    spotify: through("Spotify", servers.spotify.gateway(own)),
    catalog: through("Spotify", servers.spotify.catalog(own)),
    payments: through("Stripe", servers.stripe.payments),
    paymentEvents: servers.stripe.paymentEvents,
    push: through("FCM", push),
    support: {
      isWebOnly: true,
      feeBasisPoints: 500,
      returnOrigins: ["https://ambient.example"],
      retentionMs: 366 * 24 * 3_600_000,
    },
    tasks: {
      publishFeed: queue("publishFeed", ofShow, publishFeed),
      sweepShow: queue("sweepShow", ofShow, sweepShow),
      countFollowers: queue("countFollowers", ({ uid }) => uid, countFollowers),
      notify: queue(
        "notify",
        (task) => JSON.stringify([task.showId, notifyTask.keyOf?.(task)]),
        notify,
      ),
    },
  };
  return {
    board,
    deps,
    observer,
    clock,
    edges,
    servers,
    signals,
    tasks,
    ran,
    pushes,
    setPushOutcome(outcome) {
      pushOutcome = outcome;
    },
    async clear() {
      board.treat = untouched;
      for (const list of [board.steps, signals, tasks, pushes]) list.length = 0;
      taken.clear();
      pushOutcome = "sent";
      // The local Stripe has the true time, and refuses a session that expires in more than a day.
      clock.advance(Date.now() - clock.now());
      edges.rooms.rooms.clear();
      for (const accounts of [edges.accounts.known, edges.accounts.disabled]) accounts.clear();
      await emptyFirestore(process.env.FIRESTORE_EMULATOR_HOST ?? "", projectId);
    },
    async close() {
      await Promise.all([firestore.terminate(), observer.terminate()]);
    },
  };
}

/** The port, with each of its calls on the switchboard. */
function passing<Port extends object>(
  board: Switchboard,
  service: Service,
  port: Port,
  except: readonly string[],
): Port {
  return new Proxy(port, {
    get(target, property) {
      const found: unknown = Reflect.get(target, property);
      if (typeof found !== "function" || except.includes(String(property))) return found;
      return (...args: unknown[]): Promise<unknown> =>
        board.pass(service, String(property), async (): Promise<unknown> => {
          const answer: unknown = await Reflect.apply(found, target, args);
          return answer;
        });
    },
  });
}

/** Puts each request of the database on the switchboard, and keeps the events of each commit. */
function watch(
  firestore: Firestore,
  observer: Firestore,
  board: Switchboard,
  signals: Signal[],
): void {
  const committed = async (request: unknown, send: () => Promise<unknown>): Promise<unknown> => {
    const names = (commit.parse(request).writes ?? []).map(
      (write) => write.update?.name ?? write.delete ?? "",
    );
    const paths = [...new Set(names)].map((name) => name.split("/documents/")[1] ?? "");
    const refs = paths.filter((path) => path !== "").map((path) => observer.doc(path));
    if (refs.length === 0) return send();
    const before = await observer.getAll(...refs);
    const answer = await send();
    const after = await observer.getAll(...refs);
    for (const [index, snapshot] of after.entries()) {
      const previous = before[index];
      if (!previous || isSame(previous, snapshot)) continue;
      const signal = triggerOf({ before: previous, after: snapshot });
      if (signal) signals.push(signal);
    }
    return answer;
  };
  for (const name of ["request", "requestStream"]) {
    const original: unknown = Reflect.get(firestore, name);
    if (typeof original !== "function") throw new Error(`Firestore has no ${name}`);
    Reflect.set(firestore, name, (...args: unknown[]): Promise<unknown> => {
      const [method, request] = args;
      const send = async (): Promise<unknown> => {
        const answer: unknown = await Reflect.apply(original, firestore, args);
        return answer;
      };
      if (method !== "commit" && method !== "batchWrite") {
        return board.pass("Firestore", String(method), send);
      }
      const isTransaction = Boolean(commit.parse(request).transaction);
      return board.pass("Firestore", isTransaction ? "commit" : "write", () =>
        committed(request, send),
      );
    });
  }
}

type Version = { readonly updateTime?: { valueOf(): string } | undefined };

function isSame(before: Version, after: Version): boolean {
  return before.updateTime?.valueOf() === after.updateTime?.valueOf();
}
