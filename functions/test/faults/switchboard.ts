import { AsyncLocalStorage } from "node:async_hooks";
import { GrpcStatus } from "firebase-admin/firestore";

/** A service that the functions depend on. */
export type Service =
  | "Firestore"
  | "Cloud Tasks"
  | "Firebase Auth"
  | "LiveKit"
  | "Spotify"
  | "Stripe"
  | "FCM";

/** One request of a function to a service. */
export interface Step {
  /** Counted from 1 across the operation and all that follows from it. */
  readonly number: number;
  readonly service: Service;
  readonly method: string;
  /** Ends the function: neither this request nor any later one is sent. */
  die(): never;
}

/** Sends a request, or does something else in its place. */
export type Treatment = (step: Step, send: () => Promise<unknown>) => Promise<unknown>;

export const untouched: Treatment = (_, send) => send();

/** A run of one function, on an instance of its own. */
interface Life {
  readonly clockOffsetMs: number;
  isOver: boolean;
}

/** Where all requests of the functions pass, so that a fault can treat them. */
export interface Switchboard {
  treat: Treatment;
  /** The requests so far. */
  readonly steps: Step[];
  /** Runs a function. It ends once all its requests have an answer. */
  run<Answer>(work: () => Promise<Answer>, clockOffsetMs?: number): Promise<Answer>;
  pass(service: Service, method: string, send: () => Promise<unknown>): Promise<unknown>;
  /** How far the clock of the running function's instance is ahead, in ms. */
  clockOffsetMs(): number;
}

/** The function was killed. Firestore's SDK does not repeat a request after this status. */
export class Killed extends Error {
  readonly code = GrpcStatus.PERMISSION_DENIED;
}

export function switchboard(): Switchboard {
  const lives = new AsyncLocalStorage<Life>();
  const unanswered = new Set<Promise<unknown>>();
  const board: Switchboard = {
    treat: untouched,
    steps: [],
    async run(work, clockOffsetMs = 0) {
      try {
        return await lives.run({ clockOffsetMs, isOver: false }, work);
      } finally {
        while (unanswered.size > 0) await Promise.allSettled(unanswered);
      }
    },
    async pass(service, method, send) {
      // Firestore rolls back a dead function's transactions.
      if (method === "rollback") return send();
      const life = lives.getStore();
      if (life?.isOver === true) throw new Killed("the function is over");
      const step: Step = {
        number: board.steps.length + 1,
        service,
        method,
        die() {
          if (life) life.isOver = true;
          throw new Killed("killed");
        },
      };
      board.steps.push(step);
      const treated = board.treat(step, send);
      unanswered.add(treated);
      try {
        return await treated;
      } finally {
        unanswered.delete(treated);
      }
    },
    clockOffsetMs: () => lives.getStore()?.clockOffsetMs ?? 0,
  };
  return board;
}
