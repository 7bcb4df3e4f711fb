import { z } from "zod";
import { audio } from "./audio.js";
import { defineCallable } from "./callable.js";
import { epochMillis, NOT_BLANK, personCard, showIdRequest, timestamp, userId } from "./fields.js";
import { reactionTotals } from "./reactions.js";
import { showProblem } from "./showProblems.js";
import { supportTotals } from "./supportTotals.js";

export const showStatus = z.enum(["draft", "scheduled", "live", "ended", "cancelled"]);
export type ShowStatus = z.infer<typeof showStatus>;

export const showSettings = z.object({
  commentsEnabled: z.boolean(),
  slowModeSeconds: z.int().min(0).max(300),
  speakRequestsOpen: z.boolean(),
  maxSpeakers: z.int().min(1).max(20),
  /** Lets the server lengthen slow mode while comments come fast. */
  adaptiveSlowMode: z.boolean().optional(),
  songRequestsOpen: z
    .boolean()
    .optional()
    .describe("whether the audience can request songs; true by default"),
});
export type ShowSettings = z.infer<typeof showSettings>;

/** The settings of a show until its hosts change them. */
export const defaultSettings: ShowSettings = {
  commentsEnabled: true,
  slowModeSeconds: 0,
  speakRequestsOpen: true,
  maxSpeakers: 5,
};

/**
 * Why the show is over. `host_left`: nobody who could lead it was present any more. `no_show`: nobody started it in
 * time (`NO_SHOW_HOURS`), so it was cancelled.
 */
export const endReason = z.enum(["ended_by_host", "ended_by_admin", "host_left", "no_show"]);
export type EndReason = z.infer<typeof endReason>;

/** How comments reach the app: each as a document, or the latest together in `feed/latest`. */
export const commentFeed = z.enum(["direct", "digest"]);

/** How many people are present, without the creator, and the largest number so far. */
export const showAudience = z.object({
  listeners: z.int().nonnegative(),
  peak: z.int().nonnegative(),
  countedAt: timestamp,
});

const plannedVisibility = z.enum(["public", "unlisted"]);

/**
 * `taken_down`: by an admin. No list contains it, and only its creator and admins can read it. `withheld`: a public show
 * whose creator is suspended. No list contains it until the suspension is over.
 */
const visibility = z.enum([...plannedVisibility.options, "taken_down", "withheld"]);

/**
 * How many tags a show can have.
 *
 * @example
 * ```ts
 * const isFull = (show: ShowDetails) => (show.tags ?? []).length >= MAX_TAGS;
 * ```
 */
export const MAX_TAGS = 3;

/** The fields that a creator writes. Apps validate them to explain an error before the rules refuse the write. */
export const showPlan = z.object({
  title: z.string().max(100).regex(NOT_BLANK, "must not be blank"),
  description: z.string().max(1000),
  visibility: plannedVisibility,
  adultsOnly: z.boolean(),
  tags: z
    .array(z.string())
    .max(MAX_TAGS)
    .refine((tags) => new Set(tags).size === tags.length, "must differ from each other"),
});

/**
 * `shows/{showId}`. Until it starts, the creator writes it directly, judged by the rules; the
 * optional fields are the server's and appear when the show starts.
 */
export const showDocument = z.object({
  creatorUid: userId.meta({ data: "creator" }),
  creator: personCard.meta({ data: "creatorCard" }),
  title: z.string().describe("at most 100 characters, not blank").meta({ data: "title" }),
  description: z
    .string()
    .default("")
    .describe("at most 1000 characters")
    .meta({ data: "description" }),
  visibility: visibility.meta({ data: "show" }),
  status: showStatus.meta({ data: "show" }),
  scheduledFor: timestamp.nullable().default(null).meta({ data: "show" }),
  /** Comments and messages are matched with `shows/{showId}/filter/words`. */
  hasWordFilter: z.boolean().optional().meta({ data: "show" }),
  /** Only people whose age band is `adult` may join and start it. */
  adultsOnly: z.boolean().optional().meta({ data: "show" }),
  tags: z
    .array(z.string())
    .optional()
    .describe(`at most ${MAX_TAGS}, of those in \`config/client\``)
    .meta({ data: "show" }),
  settings: showSettings.optional().meta({ data: "show" }),
  hostUid: userId.optional().meta({ data: "actor" }),
  startedAt: timestamp.optional().meta({ data: "show" }),
  endedAt: timestamp.optional().meta({ data: "show" }),
  endReason: endReason.optional().meta({ data: "show" }),
  pinnedCommentId: z.string().nullable().optional().meta({ data: "show" }),
  commentFeed: commentFeed.optional().meta({ data: "show" }),
  /** How long `adaptiveSlowMode` makes a person wait between comments at the moment. */
  adaptedSlowModeSeconds: z.int().nonnegative().optional().meta({ data: "show" }),
  /** For lists of shows, so it changes rarely: by a tenth after 30 s, by anything after 5 min. */
  audience: showAudience.optional().meta({ data: "measure" }),
  playlist: z
    .object({
      id: z.string(),
      name: z.string(),
      imageUrl: z.string().nullable(),
      trackCount: z.int().nonnegative(),
    })
    .optional()
    .meta({ data: "showPlaylist" }),
  /** What the show was before an admin took it down, for the reversal on appeal. */
  takenDown: z
    .object({ reportId: z.string(), visibility: plannedVisibility, status: showStatus })
    .optional()
    .meta({ data: "show" }),
  createdAt: timestamp.meta({ data: "show" }),
  updatedAt: timestamp.meta({ data: "show" }),
});
export type ShowDocument = z.infer<typeof showDocument>;

/** `quotas/{uid}`: a person's use of limited things. */
export const quotaDocument = z.object({
  /** The person's drafts and scheduled shows. At 20, the rules refuse another. */
  openDrafts: z.int().nonnegative().meta({ data: "quota" }),
});

/**
 * `showIds/{showId}`: recorded soon after a show's creation and kept after its deletion, so that its id is
 * not used again.
 */
export const showIdDocument = z.object({ takenAt: timestamp.meta({ data: "showId" }) });

/** `liveShows/{creatorUid}`: the creator's one live show: one document can name only one. */
export const liveShowDocument = z.object({ showId: z.string().meta({ data: "quota" }) });
export type LiveShowDocument = z.infer<typeof liveShowDocument>;

/** A point per minute of six hours. */
export const MAX_CURVE_POINTS = 360;

const audiencePoint = z.object({
  minute: z.int().nonnegative().describe("since the start of the show"),
  listeners: z.int().nonnegative(),
});
export type AudiencePoint = z.infer<typeof audiencePoint>;

/** `shows/{showId}/summary/final`: the numbers that the creator gets at the end. */
export const showSummary = z.object({
  durationMs: z.int().nonnegative().meta({ data: "measure" }),
  listeners: z
    .int()
    .nonnegative()
    .describe("people who joined, without the creator")
    .meta({ data: "measure" }),
  peak: z
    .int()
    .nonnegative()
    .describe("the largest number of listeners at one time")
    .meta({ data: "measure" }),
  comments: z.int().nonnegative().meta({ data: "measure" }),
  speakers: z
    .int()
    .nonnegative()
    .describe("people who could speak at some time, including the creator")
    .meta({ data: "measure" }),
  tracksPlayed: z
    .int()
    .nonnegative()
    .describe("plays in the latest 1,000 changes of the playback")
    .meta({ data: "measure" }),
  // Shows that ended before these were counted lack them.
  audience: z
    .array(audiencePoint)
    .max(MAX_CURVE_POINTS)
    .optional()
    .describe(
      "the number of listeners over time, as steps: each lasts until the next. A point per minute at most; in shows longer than 6 hours the largest number of several minutes",
    )
    .meta({ data: "measure" }),
  listenerMinutes: z
    .int()
    .nonnegative()
    .optional()
    .describe("the minutes that all listeners together were present")
    .meta({ data: "measure" }),
  reactions: reactionTotals.optional().meta({ data: "measure" }),
  newFollowers: z
    .int()
    .nonnegative()
    .optional()
    .describe("people who followed the creator while the show was live, and still did at its end")
    .meta({ data: "measure" }),
  opens: z
    .int()
    .nonnegative()
    .optional()
    .describe("people whose app said that they opened the music in Spotify, also after the end")
    .meta({ data: "measure" }),
  saves: z
    .int()
    .nonnegative()
    .optional()
    .describe("people whose app said that they saved a track or the setlist, also after the end")
    .meta({ data: "measure" }),
  support: supportTotals
    .optional()
    .describe("the support given with the show, by currency, also after its end")
    .meta({ data: "measure" }),
});
export type ShowSummary = z.infer<typeof showSummary>;

export const startShow = defineCallable({
  name: "startShow",
  summary: "Takes a draft or scheduled show live. A creator can have one live show at a time.",
  who: "creator",
  request: showIdRequest,
  response: z.strictObject({
    status: z.literal("live"),
    startedAt: epochMillis,
    audio,
    warnings: z
      .array(showProblem)
      .describe(
        "the problems with the music that `checkShow` would report, without asking Spotify",
      ),
  }),
  enabledAccountOnly: true,
  suspension: "read",
  limit: "audioRoom",
  reasons: [
    "RATE_LIMITED",
    "ACCOUNT_DISABLED",
    "SHOW_NOT_FOUND",
    "NOT_CREATOR",
    "TERMS_NOT_ACCEPTED",
    "ADULTS_ONLY",
    "SHOW_NOT_STARTABLE",
    "ALREADY_LIVE",
    "PROFILE_NOT_FOUND",
    "ACCOUNT_DELETION_PENDING",
    "RATE_LIMITED",
    "AUDIO_UNAVAILABLE",
  ],
});

export const endShow = defineCallable({
  name: "endShow",
  summary: "Ends a live show and returns its summary.",
  who: "creator, leading host (hostUid), admin",
  request: showIdRequest,
  response: z.strictObject({
    status: z.literal("ended"),
    endedAt: epochMillis,
    summary: showSummary,
  }),
  limit: "audioRoom",
  reasons: ["RATE_LIMITED", "SHOW_NOT_FOUND", "NOT_HOST", "SHOW_NOT_LIVE"],
});

export const cancelShow = defineCallable({
  name: "cancelShow",
  summary: "Cancels a show that has not started.",
  who: "creator",
  request: showIdRequest,
  response: z.strictObject({ status: z.literal("cancelled") }),
  reasons: ["SHOW_NOT_FOUND", "NOT_CREATOR", "SHOW_NOT_CANCELLABLE"],
});

export const checkShow = defineCallable({
  name: "checkShow",
  summary:
    "Returns the problems that the show would have if it started now; an empty list if there are none.",
  who: "creator",
  request: showIdRequest,
  response: z.strictObject({ problems: z.array(showProblem) }),
  limit: "checkShow",
  reasons: ["RATE_LIMITED", "SHOW_NOT_FOUND", "NOT_CREATOR"],
});
