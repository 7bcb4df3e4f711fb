import type { DocumentData } from "firebase/firestore";
import { z } from "zod";
import { activityDocument } from "../../functions/src/contract/audience.js";
import { blockDocument } from "../../functions/src/contract/blocks.js";
import { commentDocument, newComment } from "../../functions/src/contract/comments.js";
import { personCard } from "../../functions/src/contract/fields.js";
import { followingDocument } from "../../functions/src/contract/follows.js";
import { profileEdit, userDocument } from "../../functions/src/contract/identity.js";
import { playbackDocument } from "../../functions/src/contract/music.js";
import {
  notificationDocument,
  notificationSettingsDocument,
  quietHours,
  reminderDocument,
} from "../../functions/src/contract/notifications.js";
import {
  MAX_REACTIONS_PER_WRITE,
  reactionDocument,
} from "../../functions/src/contract/reactions.js";
import { saveDocument } from "../../functions/src/contract/saves.js";
import { showDocument, showPlan, showSettings } from "../../functions/src/contract/shows.js";
import { MAX_SONG_VOTES, songVotesDocument } from "../../functions/src/contract/songRequests.js";
import { newSpeakRequest, speakRequestDocument } from "../../functions/src/contract/stage.js";
import {
  anHourAgo,
  cardOf,
  comment,
  draftShow,
  inAnHour,
  liveShow,
  newDraft,
  newReactions,
  newSpeakRequest as newSpeakRequestBy,
  newSongVotes,
  now,
  participant,
  playback,
  playlist,
  reactions,
  scheduledShow,
  settings,
  stamp,
  track,
  user,
} from "../support/rules/builders.js";
import { ada, ben, cleo, dan, everybody, hal, type Persona } from "../support/rules/personas.js";
import { isServerTime } from "../support/rules/restWrites.js";
import { merge } from "../support/rules/world.js";
import type { Subject } from "./subject.js";

const serverTime = z.custom(isServerTime, "must be the server's time");
const text = (length: number): string => "x".repeat(length);
const links = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `https://a.b/${index}`);
const songIds = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${index}`.padStart(22, "A"));
const people = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `spotify_${index}`);

export const offeredTags = ["soul", "jazz", "funk", "rock"];

const liveId = "live-show";
const commentId = "comment-1";
const inLive = (path: string): string => `shows/${liveId}/${path}`;
const exactly = (card: Persona) =>
  personCard
    .strict()
    .refine(
      ({ displayName, photoUrl }) => displayName === card.displayName && photoUrl === card.photoUrl,
    );

const plan = {
  title: showPlan.shape.title,
  description: showPlan.shape.description.optional(),
  visibility: showPlan.shape.visibility,
  adultsOnly: showPlan.shape.adultsOnly.optional(),
  tags: showPlan.shape.tags.optional(),
};
const scheduledFor = showDocument.shape.scheduledFor.unwrap();

const planned = {
  title: ["Night shift", text(100), text(101), "x", "\u200B"],
  description: [undefined, "", "Slow songs", text(1_000), text(1_001)],
  visibility: ["public", "unlisted"],
  adultsOnly: [undefined, true, false],
  tags: [
    undefined,
    [],
    ["soul"],
    ["soul", "jazz", "funk"],
    ["soul", "soul"],
    ["soul", "jazz", "funk", "rock"],
    ["polka"],
  ],
};

export const subjects: readonly Subject[] = [
  {
    name: "draft",
    caller: ada,
    path: "shows/new-show",
    how: "set",
    document: showDocument,
    writable: z.strictObject({
      ...plan,
      creatorUid: z.literal(ada.uid),
      creator: exactly(ada),
      status: z.literal("draft"),
      scheduledFor: scheduledFor.optional(),
      settings: showSettings.strict().optional(),
      createdAt: serverTime,
      updatedAt: serverTime,
    }),
    fields: {
      ...Object.fromEntries(Object.entries(newDraft()).map(([field, value]) => [field, [value]])),
      ...planned,
      scheduledFor: [undefined, null, inAnHour()],
      settings: [
        undefined,
        settings(),
        settings({ adaptiveSlowMode: true, songRequestsOpen: false }),
      ],
    },
  },
  {
    name: "announced show",
    caller: ada,
    path: "shows/announced-show",
    how: "update",
    document: showDocument,
    writable: z.strictObject({
      ...plan,
      title: plan.title.optional(),
      visibility: plan.visibility.optional(),
      status: z.enum(["draft", "scheduled"]).optional(),
      scheduledFor: scheduledFor.optional(),
      updatedAt: serverTime,
    }),
    fields: {
      ...planned,
      title: [undefined, ...planned.title],
      visibility: [undefined, "public", "unlisted"],
      status: [undefined, "draft", "scheduled"],
      scheduledFor: [undefined, inAnHour(), anHourAgo()],
      updatedAt: [now()],
    },
    before: scheduledShow,
  },
  {
    name: "direction of a live show",
    caller: ben,
    path: "shows/directed-show",
    how: "update",
    document: showDocument,
    writable: z.strictObject({
      settings: showSettings.strict().optional(),
      pinnedCommentId: z.null().optional(),
      updatedAt: serverTime,
    }),
    fields: {
      settings: [
        settings(),
        settings({ slowModeSeconds: 300, maxSpeakers: 20 }),
        settings({ slowModeSeconds: 301 }),
        settings({ slowModeSeconds: 0.5 }),
        settings({ maxSpeakers: 0 }),
        settings({ maxSpeakers: 21 }),
        settings({ adaptiveSlowMode: true, songRequestsOpen: false }),
        settings({ adaptiveSlowMode: null }),
        settings({ more: true }),
      ],
      pinnedCommentId: [undefined, null],
      updatedAt: [now()],
    },
    before: liveShow,
  },
  {
    name: "profile",
    // No other subject uses Hal: the emulator denies writes whose rules read a document that changes at the same time.
    caller: hal,
    path: `users/${hal.uid}`,
    how: "update",
    document: userDocument,
    writable: profileEdit.strict().extend({ updatedAt: serverTime.optional() }),
    fields: {
      bio: [undefined, "", text(500), text(501)],
      links: [
        undefined,
        [],
        links(5),
        links(6),
        [`https://${text(192)}`],
        [`https://${text(193)}`],
        ["https:///"],
        ["http://a"],
      ],
      supportLink: [undefined, "", "https://a.b", "https://a\u200Bb", "https://?"],
      updatedAt: [undefined, now()],
    },
    before: () => user(hal),
  },
  {
    name: "comment",
    caller: dan,
    path: inLive(`comments/new-comment`),
    how: "set",
    document: commentDocument,
    writable: newComment.strict().extend({
      authorUid: z.literal(dan.uid),
      author: exactly(dan),
      createdAt: serverTime,
      hidden: z.literal(false),
      replyTo: z
        .strictObject({ commentId: z.literal(commentId), authorUid: z.literal(cleo.uid) })
        .optional(),
    }),
    fields: {
      authorUid: [dan.uid],
      author: [cardOf(dan)],
      text: ["Hello", text(500), text(501), "\u2800", "\u00AD\u3164", "👋", "é\u0301"],
      createdAt: [now()],
      hidden: [false],
      replyTo: [undefined, { commentId, authorUid: cleo.uid }, { commentId, authorUid: ada.uid }],
      mentions: [
        undefined,
        people(1),
        people(5),
        people(6),
        [],
        ["spotify_a", "spotify_a"],
        ["nobody"],
        ["spotify_a b"],
      ],
    },
    beside: [merge(inLive(`activity/${dan.uid}`), stamp("new-comment"))],
  },
  {
    name: "hidden comment",
    caller: ben,
    path: inLive("comments/hidden-comment"),
    how: "update",
    document: commentDocument,
    writable: z.strictObject({ hidden: z.boolean().optional() }),
    fields: { hidden: [true, false] },
    before: () => comment(dan),
  },
  {
    name: "heartbeat",
    caller: cleo,
    path: inLive(`activity/${cleo.uid}`),
    how: "set",
    document: activityDocument,
    writable: z.strictObject({ seenAt: serverTime }),
    fields: { seenAt: [now()] },
  },
  {
    name: "request to speak",
    caller: dan,
    path: inLive(`speakRequests/${dan.uid}`),
    how: "set",
    document: speakRequestDocument,
    writable: newSpeakRequest.strict().extend({
      uid: z.literal(dan.uid),
      status: z.literal("pending"),
      createdAt: serverTime,
      decidedAt: z.null().optional(),
      decidedBy: z.null().optional(),
    }),
    fields: {
      ...Object.fromEntries(
        Object.entries(newSpeakRequestBy(dan)).map(([field, value]) => [field, [value]]),
      ),
      message: ["", "Me!", text(140), text(141), "\u202E"],
      decidedAt: [undefined, null],
      decidedBy: [undefined, null],
    },
  },
  {
    name: "votes for songs",
    caller: dan,
    path: inLive(`songVotes/${dan.uid}`),
    how: "set",
    document: songVotesDocument,
    writable: z.strictObject({
      requestIds: z
        .array(z.string().regex(/^[A-Za-z0-9]{22}$/))
        .max(MAX_SONG_VOTES)
        .refine((ids) => new Set(ids).size === ids.length),
      at: serverTime,
    }),
    fields: {
      ...Object.fromEntries(
        Object.entries(newSongVotes([])).map(([field, value]) => [field, [value]]),
      ),
      requestIds: [
        [],
        songIds(1),
        songIds(20),
        songIds(21),
        [text(22), text(22)],
        [text(21)],
        [`${text(10)},${text(11)}`],
      ],
    },
  },
  {
    name: "reactions",
    caller: dan,
    path: inLive(`reactions/${dan.uid}`),
    how: "set",
    document: reactionDocument,
    writable: z
      .strictObject({
        clap: z.int().min(40),
        heart: z.int().min(3),
        fire: z.int().min(2),
        laugh: z.int().min(1),
        wow: z.int().min(0),
        at: serverTime,
      })
      .refine(({ clap, heart, fire, laugh, wow }) => {
        const growth = clap + heart + fire + laugh + wow - 46;
        return growth >= 1 && growth <= MAX_REACTIONS_PER_WRITE;
      }),
    fields: {
      ...Object.fromEntries(
        Object.entries(newReactions()).map(([field, value]) => [field, [value]]),
      ),
      clap: [40, 41, 45, 90, 91, 39, Number.MAX_SAFE_INTEGER],
      heart: [3, 4, 2],
      wow: [0, 1, -1, 0.5],
    },
    before: reactions,
  },
  {
    name: "opens and saves",
    caller: dan,
    path: inLive(`saves/${dan.uid}`),
    how: "set",
    document: saveDocument,
    writable: z
      .strictObject({ opened: z.boolean(), saved: z.boolean(), at: serverTime })
      .refine(({ opened, saved }) => opened || saved),
    fields: { opened: [true, false], saved: [true, false], at: [now()] },
  },
  {
    name: "follow",
    caller: dan,
    path: `users/${dan.uid}/following/${ada.uid}`,
    how: "set",
    document: followingDocument,
    writable: z.strictObject({
      createdAt: serverTime,
      creatorUid: z.literal(ada.uid).optional(),
    }),
    fields: { createdAt: [now()], creatorUid: [undefined, ada.uid] },
  },
  {
    name: "muted follow",
    caller: cleo,
    path: `users/${cleo.uid}/following/${ada.uid}`,
    how: "update",
    document: followingDocument,
    writable: z.strictObject({ muted: z.boolean().optional() }),
    fields: { muted: [true, false] },
    before: () => ({ createdAt: inAnHour(), creatorUid: ada.uid }),
  },
  {
    name: "block",
    caller: cleo,
    path: `users/${cleo.uid}/blocked/${dan.uid}`,
    how: "set",
    document: blockDocument,
    writable: z.strictObject({ createdAt: serverTime }),
    fields: { createdAt: [now()] },
  },
  {
    name: "reminder",
    caller: dan,
    path: `users/${dan.uid}/reminders/scheduled-show`,
    how: "set",
    document: reminderDocument,
    writable: z.strictObject({ showId: z.literal("scheduled-show"), createdAt: serverTime }),
    fields: { showId: ["scheduled-show"], createdAt: [now()] },
  },
  {
    name: "read notification",
    caller: dan,
    path: `users/${dan.uid}/inbox/notification-1`,
    how: "update",
    document: notificationDocument,
    writable: z.strictObject({ readAt: serverTime }),
    fields: { readAt: [now()] },
    before: () => ({
      kind: "live",
      showId: liveId,
      title: "Night shift",
      creatorUid: ada.uid,
      creator: cardOf(ada),
      scheduledFor: null,
      createdAt: inAnHour(),
      pushAttempts: 0,
      readAt: null,
      expiresAt: inAnHour(),
    }),
  },
  {
    name: "notification settings",
    caller: dan,
    path: `users/${dan.uid}/private/notifications`,
    how: "set",
    document: notificationSettingsDocument,
    writable: z.strictObject({
      push: z.boolean().optional(),
      quietHours: quietHours.strict().nullable().optional(),
    }),
    fields: {
      push: [undefined, true, false],
      quietHours: [
        undefined,
        null,
        { from: 0, until: 1_439 },
        { from: 1_440, until: 0 },
        { from: 0.5, until: 0 },
      ],
    },
  },
  {
    name: "playback",
    caller: ada,
    path: inLive("playback/now"),
    how: "update",
    document: playbackDocument,
    writable: z
      .strictObject({
        trackUri: z.enum(["spotify:track:0", "spotify:track:1"]).default("spotify:track:0"),
        trackIndex: z.int().min(0).max(1).default(0),
        positionMs: z.int().min(0).max(180_000).optional(),
        paused: z.boolean().optional(),
        at: serverTime,
        by: z.literal(ada.uid).optional(),
        sequence: z.literal(8),
        playlistRevision: z.literal(4).optional(),
      })
      .refine(({ trackUri, trackIndex }) => trackUri.endsWith(`${trackIndex}`)),
    fields: {
      trackUri: [track(0).uri, track(1).uri],
      trackIndex: [0, 1, 2],
      positionMs: [0, 180_000, 180_001, -1, 0.5],
      paused: [true, false],
      at: [now()],
      by: [ada.uid],
      sequence: [8, 9, 7],
      playlistRevision: [undefined, 4, 5],
    },
    before: playback,
  },
];

/** The documents that the subjects need. No write changes them. */
export function background(): Record<string, DocumentData> {
  const shows = Object.fromEntries(
    [liveId, "directed-show"].flatMap((id) => [
      [`shows/${id}`, liveShow()],
      ...everybody
        .filter(({ part }) => part !== undefined)
        .map((person) => [`shows/${id}/participants/${person.uid}`, participant(person)] as const),
    ]),
  );
  return {
    ...shows,
    ...Object.fromEntries(everybody.map((person) => [`users/${person.uid}`, user(person)])),
    "shows/scheduled-show": scheduledShow(),
    "shows/draft-show": draftShow(),
    [inLive("playlist/current")]: playlist(2),
    [inLive(`comments/${commentId}`)]: comment(cleo),
    "config/client": { tags: offeredTags },
  };
}
