import { z } from "zod";
import { readJson } from "../../local/files/json.js";

const countedFromCode = [
  "join.listenerReads",
  "join.commentReads",
  "join.serverReads",
  "join.writes",
  "join.taskOperations",
  "join.livekitCalls",
  "join.bytes",
  "join.commentBytes",
  "leave.serverReads",
  "leave.writes",
  "leave.deletes",
  "leave.taskOperations",
  "leave.livekitCalls",
  "comment.listenerReads",
  "comment.ruleReads",
  "comment.authorReads",
  "comment.writes",
  "comment.serverReads",
  "comment.taskOperations",
  "comment.bytes",
  "reaction.ruleReads",
  "reaction.authorReads",
  "reaction.writes",
  "reaction.taskOperations",
  "feed.listenerReads",
  "feed.serverReads",
  "feed.digestReads",
  "feed.pinReads",
  "feed.directReads",
  "feed.reactionSums",
  "feed.audienceCounts",
  "feed.writes",
  "feed.taskOperations",
  "feed.countOperations",
  "feed.bytes",
  "feed.digestBytes",
  "show.listenerReads",
  "show.bytes",
  "playback.listenerReads",
  "playback.bytes",
  "sweep.serverReads",
  "sweep.counts",
  "sweep.taskOperations",
  "sweep.livekitCalls",
  "token.serverReads",
  "token.writes",
  "clock.callsPerJoin",
  "clock.callsPerMinute",
  "call.bytes",
  "naive.heartbeat.writes",
  "naive.heartbeat.ruleReads",
  "naive.sweep.readsPerListener",
  "naive.leave.livekitCalls",
] as const;

const spentByFunctions = [
  "joinShow.wallMs",
  "leaveShow.wallMs",
  "audioWebhook.wallMs",
  "onParticipantWritten.wallMs",
  "onCommentWritten.wallMs",
  "onReactionWritten.wallMs",
  "publishFeed.wallMs",
  "sweepShow.wallMs",
  "getSpotifyAccessToken.wallMs",
  "serverTime.wallMs",
  "function.cpuMs",
] as const;

const publishedByLivekit = ["audio.bytesPerListenerSecond", "audio.listenersPerCore"] as const;

/** `npm run bench:scale` reports its measurements under the same names. */
export const coefficientName = z.enum([
  ...countedFromCode,
  ...spentByFunctions,
  ...publishedByLivekit,
]);
export type CoefficientName = z.infer<typeof coefficientName>;

const day = z.string().regex(/^20\d\d-\d\d-\d\d$/);
const described = {
  value: z.number().nonnegative(),
  /** The unit, such as "reads per join". */
  unit: z.string().min(1),
  /** What is counted, precisely enough to measure it. */
  what: z.string().min(1),
};

/** The source of a value. Only what that bench counted may be `bench:scale`. */
export const coefficient = z.discriminatedUnion("from", [
  /** Counted by reading the code; `basis` adds up to the value. */
  z.strictObject({ ...described, from: z.literal("code"), basis: z.string().min(1) }),
  /** Measured with real clients; `basis` keeps the expectation from the code. */
  z.strictObject({
    ...described,
    from: z.literal("bench:scale"),
    basis: z.string().min(1),
    date: day,
  }),
  /** Neither counted nor measured yet; `basis` explains why the guess is reasonable. */
  z.strictObject({ ...described, from: z.literal("assumed"), basis: z.string().min(1) }),
  /** Measured and published by somebody else. */
  z.strictObject({
    ...described,
    from: z.literal("published"),
    basis: z.string().min(1),
    source: z.url({ protocol: /^https$/ }),
  }),
]);

/** `coefficients.json`: the model's assumptions about the code, each with its source. */
export const coefficientsFile = z.record(coefficientName, coefficient);
export type CoefficientsFile = z.infer<typeof coefficientsFile>;

/**
 * The coefficients whose basis does not explain their value any more: where it counts, as in "show and feed (2)", what is in
 * brackets adds up to the value.
 */
export function unexplained(file: CoefficientsFile): readonly CoefficientName[] {
  return coefficientName.options.filter((name) => {
    const { value, basis } = file[name];
    const terms = [...basis.matchAll(/\((\d+)\)/g)].map(([, term]) => Number(term));
    const sum = terms.reduce((total, term) => total + term, 0);
    return terms.length > 0 && sum !== Math.round(value);
  });
}

/** The plain values for the model. */
export type Coefficients = Readonly<Record<CoefficientName, number>>;

export const coefficientsPath = `${import.meta.dirname}/coefficients.json`;

export async function readCoefficients(): Promise<CoefficientsFile> {
  return coefficientsFile.parse(await readJson(coefficientsPath));
}

const values = z.record(coefficientName, z.number());

export function valuesOf(file: CoefficientsFile): Coefficients {
  return values.parse(
    Object.fromEntries(Object.entries(file).map(([name, { value }]) => [name, value])),
  );
}
