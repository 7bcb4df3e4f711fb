import { sweepRef } from "../collections.js";
import { healthAnswer, type HealthAnswer } from "../contract/health.js";
import type { Dependencies } from "../dependencies.js";

type HealthDependencies = Pick<Dependencies, "firestore" | "clock" | "rooms">;

/** The part of an HTTP response that this uses. */
interface Answer {
  set(header: string, value: string): Answer;
  status(code: number): Answer;
  json(body: object): unknown;
}

/** How long a part may take before it counts as unhealthy, in ms. */
const PATIENCE_MS = 5_000;
/** `sweepShows` runs once a minute. One run may take a minute, and one may be left out. */
const SWEEP_IS_RECENT_MS = 5 * 60_000;
/**
 * However many requests arrive, an instance reads Firestore and calls LiveKit at most once per interval of this length,
 * in ms.
 */
const CACHED_MS = 10_000;

/** Makes the handler of an instance: `GET` → 200 if all is healthy, else 503. */
export function health(): (
  deps: HealthDependencies,
  request: { readonly method: string },
  response: Answer,
) => Promise<void> {
  let latest: { readonly at: number; readonly answer: Promise<HealthAnswer> } | undefined;
  return async (deps, request, response) => {
    response.set("Cache-Control", "no-store");
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.set("Allow", "GET, HEAD").status(405).json({ error: "GET only" });
      return;
    }
    const now = deps.clock.now();
    if (latest === undefined || now - latest.at >= CACHED_MS) {
      latest = { at: now, answer: examine(deps) };
    }
    const answer = await latest.answer;
    response.status(answer.isHealthy ? 200 : 503).json(answer);
  };
}

/** Never rejects. */
export async function examine(
  { firestore, clock, rooms }: HealthDependencies,
  patienceMs = PATIENCE_MS,
): Promise<HealthAnswer> {
  const [sweep, room] = await Promise.allSettled([
    within(patienceMs, sweepRef(firestore).get()),
    // Asks LiveKit, with the project's key, for a person who does not exist, which has the smallest answer.
    within(patienceMs, rooms.find("health", "health")),
  ]);
  const at = sweep.status === "fulfilled" ? sweep.value.data()?.at.toMillis() : undefined;
  const answer = {
    firestore: { isHealthy: sweep.status === "fulfilled" },
    livekit: { isHealthy: room.status === "fulfilled" },
    sweep: {
      isHealthy: at !== undefined && clock.now() - at < SWEEP_IS_RECENT_MS,
      at: at ?? null,
    },
  };
  const isHealthy = Object.values(answer).every((part) => part.isHealthy);
  return healthAnswer.parse({ isHealthy, ...answer });
}

async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new Error(`no answer within ${ms} ms`));
  }, ms);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
