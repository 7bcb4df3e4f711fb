import { GrpcStatus } from "firebase-admin/firestore";
import { Refusal } from "../../src/errors.js";
import { untouched, type Service, type Step, type Treatment } from "./switchboard.js";
import type { World } from "./world.js";

/** How signals are delivered. */
type Delivery = "once" | "twice" | "lost" | "an hour late";

/** One way in which a fault strikes. */
export interface Strike {
  readonly treat?: Treatment;
  /** How triggers are delivered until the operation and all that follows it are done. */
  readonly triggers?: Delivery;
  readonly webhooks?: Delivery;
  readonly tasks?: "once" | "twice";
  /** How far the clock of the operation's instance is ahead, in ms. */
  readonly clockOffsetMs?: number;
  /** A device may be notified again: its second notification replaces the first. */
  readonly losesAnswers?: true;
  /** Sets up a server outside the functions; the result undoes it. */
  begin?(world: World): Promise<() => Promise<void>>;
}

/** What an operation does when nothing fails. */
export interface Trace {
  readonly steps: readonly Step[];
  readonly triggers: number;
  readonly webhooks: number;
  readonly tasks: number;
}

/** The tables of the page. */
export const families = [
  "The function",
  "Firestore",
  "LiveKit",
  "Spotify",
  "Stripe",
  "FCM",
  "Firebase Auth",
  "Cloud Tasks",
  "Triggers and webhooks",
  "The clock of an instance",
] as const;

/** A fault's whole name. */
export const titleOf = ({ family, name }: Pick<Fault, "family" | "name">) => `${family}: ${name}`;

export interface Fault {
  readonly family: (typeof families)[number];
  readonly name: string;
  /** Empty if the fault cannot strike this operation. */
  strikes(trace: Trace): readonly Strike[];
}

const isTransaction = ({ method }: Step) => method === "commit";
const isCommit = ({ method }: Step) => method === "commit" || method === "write";
const grpcError = (code: GrpcStatus) =>
  Object.assign(new Error(`injected: ${GrpcStatus[code]}`), { code });

/** If there are more steps, so many are struck, evenly spread. */
export const MAX_STRIKES = 40;

/** One strike at each step that `isStruck`. */
const atEach = (
  isStruck: (step: Step) => boolean,
  strike: (step: Step, send: () => Promise<unknown>) => Promise<unknown>,
): Fault["strikes"] => {
  return ({ steps }) =>
    spread(steps.filter(isStruck)).map(({ number }) => ({
      treat: (step, send) => (step.number === number ? strike(step, send) : send()),
    }));
};

function spread<Item>(items: readonly Item[]): readonly Item[] {
  const gap = Math.max(1, items.length / MAX_STRIKES);
  return items.filter((_, index) => Math.floor(index / gap) > Math.floor((index - 1) / gap));
}

/** One strike at all requests to a service. */
const at = (
  service: Service,
  strike: (step: Step, send: () => Promise<unknown>, world: World) => Promise<unknown>,
  begin?: Strike["begin"],
): Fault["strikes"] => {
  return ({ steps }) => {
    if (!steps.some((step) => step.service === service)) return [];
    return [
      {
        begin: async (world) => {
          world.board.treat = (step, send) =>
            step.service === service ? strike(step, send, world) : send();
          return (await begin?.(world)) ?? (() => Promise.resolve());
        },
      },
    ];
  };
};

/** What each service's port says when the service does not answer. */
const silence: Readonly<Record<Exclude<Service, "Firestore">, () => Error>> = {
  "LiveKit": () => new Refusal("AUDIO_UNAVAILABLE"),
  "Spotify": () => new Refusal("SPOTIFY_UNAVAILABLE"),
  "Stripe": () => new Refusal("PAYMENTS_UNAVAILABLE"),
  "Cloud Tasks": () => new Error("injected: Cloud Tasks does not answer"),
  "Firebase Auth": () => new Error("injected: Firebase Auth does not answer"),
  "FCM": () => new Error("injected: FCM does not answer"),
};

function faultsOf(service: Exclude<Service, "Firestore">, slowMs: number): readonly Fault[] {
  const fail = () => Promise.reject(silence[service]());
  return [
    { family: service, name: "is down", strikes: at(service, fail) },
    {
      family: service,
      name: "obeys, and its answers are lost",
      strikes: (trace) =>
        at(service, async (_, send) => {
          await send();
          return fail();
        })(trace).map((strike) => ({ ...strike, losesAnswers: true })),
    },
    {
      family: service,
      name: `is slow (${slowMs / 1_000} s a request)`,
      strikes: at(service, (_, send, { clock }) => {
        clock.advance(slowMs);
        return send();
      }),
    },
  ];
}

const isRequest = () => true;
const isDatabase = ({ service }: Step) => service === "Firestore";

/** The answers of a LiveKit that lost its state. */
const lies: Readonly<Record<string, unknown>> = { list: [], look: null, find: null, permit: true };

const spotifyAnswers =
  (answer: { readonly status: number; readonly headers?: Record<string, string> }) =>
  async ({ servers: { spotify } }: World) => {
    for (const match of ["/v1/", "/api/token"]) {
      await spotify.control.faults.set({ match, times: 50, body: {}, ...answer });
    }
    return () => spotify.reset();
  };

export const faults: readonly Fault[] = [
  {
    family: "The function",
    name: "is killed before each of its requests",
    strikes: atEach(isRequest, (step) => step.die()),
  },
  {
    family: "The function",
    name: "is killed after its last request",
    strikes: ({ steps }) => {
      const last = steps.at(-1);
      if (!last) return [];
      const treat: Treatment = async (step, send) => {
        if (step.number !== last.number) return send();
        await send();
        return step.die();
      };
      return [{ treat }];
    },
  },
  {
    family: "Firestore",
    name: "aborts each transaction once (`ABORTED`)",
    strikes: atEach(isTransaction, () => Promise.reject(grpcError(GrpcStatus.ABORTED))),
  },
  {
    family: "Firestore",
    name: "fails at each request (`UNAVAILABLE`)",
    strikes: atEach(isDatabase, () => Promise.reject(grpcError(GrpcStatus.UNAVAILABLE))),
  },
  {
    family: "Firestore",
    name: "commits, and each answer is lost",
    strikes: atEach(isCommit, async (_, send) => {
      await send();
      throw grpcError(GrpcStatus.UNAVAILABLE);
    }),
  },
  {
    family: "Firestore",
    name: "is slow (5 s a request)",
    strikes: at("Firestore", (_, send, { clock }) => {
      clock.advance(5_000);
      return send();
    }),
  },
  ...faultsOf("LiveKit", 4_000),
  {
    family: "LiveKit",
    name: "lies: nobody is there, and all is done",
    strikes: at("LiveKit", ({ method }) => Promise.resolve(lies[method])),
  },
  ...faultsOf("Spotify", 4_000),
  {
    family: "Spotify",
    name: "lies: 200 without content",
    strikes: at("Spotify", untouchedAt, spotifyAnswers({ status: 200 })),
  },
  {
    family: "Spotify",
    name: "refuses for an hour (429)",
    strikes: at(
      "Spotify",
      untouchedAt,
      spotifyAnswers({ status: 429, headers: { "retry-after": "3600" } }),
    ),
  },
  ...faultsOf("Stripe", 4_000),
  {
    family: "Stripe",
    name: "lies: 200 without content",
    strikes: at("Stripe", untouchedAt, async ({ servers: { stripe } }) => {
      await stripe.control.faults.set({ match: "/v1/", times: 50, status: 200, body: {} });
      return () => stripe.control.faults.clear();
    }),
  },
  ...faultsOf("FCM", 4_000),
  {
    family: "FCM",
    name: "lies: the device is gone",
    strikes: at("FCM", untouchedAt, (world) => {
      world.setPushOutcome("gone");
      return Promise.resolve(() => {
        world.setPushOutcome("sent");
        return Promise.resolve();
      });
    }),
  },
  ...faultsOf("Firebase Auth", 4_000),
  ...faultsOf("Cloud Tasks", 4_000),
  {
    family: "Cloud Tasks",
    name: "runs tasks twice",
    strikes: ({ tasks }) => (tasks > 0 ? [{ tasks: "twice" }] : []),
  },
  ...(["twice", "an hour late", "lost"] as const).flatMap((delivery): Fault[] => [
    {
      family: "Triggers and webhooks",
      name: nameOf("triggers", delivery),
      strikes: ({ triggers }) => (triggers > 0 ? [{ triggers: delivery }] : []),
    },
    {
      family: "Triggers and webhooks",
      name: nameOf("webhooks", delivery),
      strikes: ({ webhooks }) => (webhooks > 0 ? [{ webhooks: delivery }] : []),
    },
  ]),
  ...[5, -5].map((minutes): Fault => ({
    family: "The clock of an instance",
    name: `is ${Math.abs(minutes)} min ${minutes > 0 ? "fast" : "slow"}`,
    strikes: () => [{ clockOffsetMs: minutes * 60_000 }],
  })),
];

function untouchedAt(step: Step, send: () => Promise<unknown>): Promise<unknown> {
  return untouched(step, send);
}

function nameOf(what: string, delivery: "twice" | "lost" | "an hour late"): string {
  if (delivery === "lost") return `${what} are lost`;
  return delivery === "twice"
    ? `${what} come twice`
    : `${what} come an hour late, the last one first`;
}
