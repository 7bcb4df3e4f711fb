import { setTimeout as sleep } from "node:timers/promises";
import type { crowdScene } from "../../functions/test/support/liveCrowd.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { Crowd } from "./crowd.js";
import { type FirestoreUse, together } from "./firestoreUse.js";
import type { Options } from "./options.js";
import { BARE, orders } from "./orders.js";
import { stamped, wallClock } from "./screen.js";

/** Enough authors that each writes at most every two seconds at the highest rate. */
const AUTHORS = 40;
export const RATES = [1, 5, 20] as const;
const REST_SECONDS = 60;
/** Enough that the slowest two do not decide the 95th percentile. Below the rate that starts a digest. */
const DIRECT_COMMENTS = 40;
const DIRECT_EVERY_MS = 3_000;
/** Slow enough to count as calm. */
const CALM_PER_SECOND = 1 / 8;
/** A digest lasts at least 160 intervals of 2 s. */
const CALM_PATIENCE_SECONDS = 370;
/** Time for a digest to begin, and for the last one to arrive. */
const SETTLE_SECONDS = 6;

/** The reads and writes of each design's phones during a window. */
export interface Watched {
  readonly seconds: number;
  readonly comments: number;
  readonly ambient: FirestoreUse;
  readonly naive: FirestoreUse;
}

export interface Evening {
  readonly listeners: number;
  readonly naiveListeners: number;
  /** The phones' reads for joining. */
  readonly arrival: Pick<Watched, "ambient" | "naive">;
  /** The LiveKit calls while everyone joined, and while everyone left. */
  readonly livekitCalls: { readonly join: number; readonly leave: number } | undefined;
  readonly windows: Readonly<Record<"rest" | `${(typeof RATES)[number]}`, Watched>>;
  readonly directLags: readonly number[];
  readonly bareLags: readonly number[];
  readonly digestLags: readonly number[];
  /**
   * The show document's feed mode after the first rate, after the calm, and after the last burst.
   */
  readonly feeds: readonly (string | undefined)[];
  readonly written: number;
  /** The distinct reasons why comments were not written. */
  readonly failures: readonly string[];
  /** Comments that a phone did not show. */
  readonly lost: number;
  /**
   * Comments that no phone showed: newer ones filled the next digest before it was published. Possible
   * only at the highest rate, where a digest's 50 comments are 2.5 s.
   */
  readonly overtaken: number;
  readonly duplicated: number;
}

interface Surroundings {
  readonly scene: typeof crowdScene;
  readonly endpoints: Endpoints;
  readonly options: Options;
  /** The number of LiveKit calls by the functions so far; undefined without sound. */
  readonly livekitCalls: () => Promise<number | undefined>;
  /** Measures other things while this show calms down. */
  readonly meanwhile: () => Promise<void>;
  readonly tell: (line: string) => void;
}

/**
 * Runs one show with real clients: at rest, at each comment rate, and through three changes of its
 * feed.
 */
export async function spendEvening(surroundings: Surroundings): Promise<Evening> {
  const { scene, options } = surroundings;
  const guests = async (count: number) => {
    const people = await scene.people(count);
    const tokens = await Promise.all(people.map((person) => scene.customToken(person)));
    return people.map(({ uid }, index) => ({ uid, token: tokens[index] ?? "" }));
  };
  const ambient = new Crowd("ambient", await guests(options.listeners), options.processes);
  const naive = new Crowd("naive", await guests(Math.ceil(options.listeners / 2)), 1);
  const authors = new Crowd("author", await guests(AUTHORS), 1);
  try {
    return await spend(surroundings, { ambient, naive, authors });
  } finally {
    for (const crowd of [ambient, naive, authors]) crowd.stop();
  }
}

interface Crowds {
  readonly ambient: Crowd;
  readonly naive: Crowd;
  readonly authors: Crowd;
}

async function spend(
  { scene, endpoints, livekitCalls, meanwhile, options, tell }: Surroundings,
  { ambient, naive, authors }: Crowds,
): Promise<Evening> {
  const showId = await scene.liveShow();
  tell(`${ambient.size} phones join, ${naive.size} naive ones, and ${authors.size} authors`);
  const callsBefore = await livekitCalls();
  for (const crowd of [ambient, naive, authors]) await crowd.join(endpoints, showId);
  const everybody = [ambient, naive, authors].flatMap(({ uids }) => uids);
  await scene.connect(showId, everybody);
  await sleep(SETTLE_SECONDS * 1_000);
  const take = async () => ({
    ambient: together(await ambient.order(orders.take, null)),
    naive: together(await naive.order(orders.take, null)),
  });
  const arrival = await take();
  const callsJoined = await livekitCalls();

  const ids: string[] = [];
  const atHighestRate = new Set<string>();
  const failures = new Set<string>();
  const write = async (phase: string, perSecond: number, seconds: number) => {
    const outcomes = await authors.order(orders.write, { phase, perSecond, seconds });
    for (const outcome of outcomes) {
      ids.push(...outcome.ids);
      if (perSecond === Math.max(...RATES)) for (const id of outcome.ids) atHighestRate.add(id);
      for (const failure of outcome.failures) failures.add(failure);
    }
    return outcomes.reduce((sum, { ids: written }) => sum + written.length, 0);
  };
  const watch = async (seconds: number, work: () => Promise<number>): Promise<Watched> => {
    await take();
    const startedAt = performance.now();
    const [comments] = await Promise.all([work(), sleep(seconds * 1_000)]);
    return { ...(await take()), comments, seconds: (performance.now() - startedAt) / 1_000 };
  };

  tell(`at rest, ${REST_SECONDS} s, with a sweep`);
  const rest = await watch(REST_SECONDS, async () => {
    await scene.sweep(showId, everybody);
    return 0;
  });

  tell(`direct: ${DIRECT_COMMENTS} comments, each beside a bare write`);
  const bareShowId = await scene.liveShow();
  const [bareAuthor] = await scene.people(1);
  if (!bareAuthor) throw new Error("there is no author");
  for (const crowd of [ambient, naive]) {
    await crowd.order(orders.listenBare, { showId: bareShowId });
  }
  for (let sent = 0; sent < DIRECT_COMMENTS; sent += 1) {
    await write("direct", 1, 1);
    await sleep(DIRECT_EVERY_MS / 2);
    await scene.comment(bareShowId, bareAuthor, stamped(BARE, wallClock()));
    await sleep(DIRECT_EVERY_MS / 2);
  }

  const atRate = async (rate: (typeof RATES)[number]) => {
    tell(`${rate} comments/s, ${options.seconds} s`);
    await write("settling", rate, rate === 1 ? 2 * SETTLE_SECONDS : SETTLE_SECONDS);
    return watch(options.seconds, () => write(`rate ${rate}`, rate, options.seconds));
  };
  const windows = { rest, "1": await atRate(1), "5": await atRate(5), "20": await atRate(20) };
  const feeds = [await scene.commentFeed(showId)];

  tell("waiting for calm until comments are direct again; meanwhile, measuring:");
  const elsewhere = meanwhile();
  for (let waited = 0; waited < CALM_PATIENCE_SECONDS; waited += 1 / CALM_PER_SECOND) {
    await write("calm", CALM_PER_SECOND, 1 / CALM_PER_SECOND);
    await sleep(1_000 / CALM_PER_SECOND);
    if ((await scene.commentFeed(showId)) === "direct") break;
  }
  await elsewhere;
  feeds.push(await scene.commentFeed(showId));

  tell("a few direct comments, and a digest again");
  await write("direct again", CALM_PER_SECOND, 2 / CALM_PER_SECOND);
  await write("again", 5, 2 * SETTLE_SECONDS);
  await sleep(SETTLE_SECONDS * 1_000);
  feeds.push(await scene.commentFeed(showId));

  const lags = async (phase: string) => (await ambient.order(orders.lags, { phase })).flat();
  const reports = await ambient.order(orders.report, { written: ids });
  const missed = reports.flatMap((report) => report.missed);
  const overtaken = ids.filter(
    (id) => atHighestRate.has(id) && missed.every((onOnePhone) => onOnePhone.includes(id)),
  );
  tell("everybody leaves");
  const callsStaying = await livekitCalls();
  for (const crowd of [ambient, naive, authors]) await crowd.order(orders.leave, null);
  const callsLeft = await livekitCalls();
  return {
    listeners: ambient.size,
    naiveListeners: naive.size,
    arrival,
    livekitCalls:
      callsBefore === undefined
        ? undefined
        : {
            join: (callsJoined ?? 0) - callsBefore,
            leave: (callsLeft ?? 0) - (callsStaying ?? 0),
          },
    windows,
    directLags: await lags("direct"),
    bareLags: await lags(BARE),
    digestLags: (await Promise.all(RATES.map((rate) => lags(`rate ${rate}`)))).flat(),
    feeds,
    written: ids.length,
    failures: [...failures],
    lost: missed.flat().filter((id) => !overtaken.includes(id)).length,
    overtaken: overtaken.length,
    duplicated: reports.reduce((sum, { duplicated }) => sum + duplicated, 0),
  };
}
