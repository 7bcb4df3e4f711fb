import { CANARY } from "../../local/canary.js";
import { isArray, isRecord } from "../../local/files/json.js";

/**
 * The names of the scene's people, shows and documents in payloads. Ids differ in each run; names keep a seed's payloads
 * the same and readable.
 */
export const sceneNames = [
  "@host",
  "@cohost",
  "@speaker",
  "@listener",
  "@stranger",
  "@admin",
  "@live",
  "@draft",
  "@scheduled",
  "@ended",
  "@comment",
  "@report",
  "@notice",
  "@returnUrl",
  "@redirectUri",
] as const;
export type SceneName = (typeof sceneNames)[number];

/** The prefix of tokens, codes and addresses. No answer may contain it. */
export const SECRET = `${CANARY}-`;

/** The address of everybody in the scene. */
export const EMAIL = `${SECRET}mail@example.com`;

/** The token of everybody's device. */
export const DEVICE_TOKEN = `${SECRET}token`;

const people = ["@host", "@cohost", "@speaker", "@listener", "@stranger", "@admin", "nobody"];
const tracks = ["5W3cjX2J3tjhG8zb6u0qHn", "0VjIjW4GlUZAMYd2vXMi3b", "0000000000000000000000"];
const values: Readonly<Record<string, readonly unknown[]>> = {
  showId: ["@live", "@live", "@live", "@draft", "@scheduled", "@ended", "no-such-show"],
  uid: people,
  creatorUid: people,
  commentId: ["@comment", "no-such-comment"],
  reportId: ["@report", "no-such-report"],
  noticeId: ["@notice", "no-such-notice"],
  requestId: [tracks[0], "request-1", "request-2"],
  trackUri: tracks.map((id) => `spotify:track:${id}`),
  trackUris: tracks.map((id) => `spotify:track:${id}`),
  playlistId: ["37i9dQZF1DX2yvmlOdMYzV", tracks[2]],
  revision: [0, 1, 2, 7],
  trackIndex: [0, 1, 499, 500],
  returnUrl: ["@returnUrl", "https://evil.example"],
  redirectUri: ["@redirectUri", "https://evil.example"],
  timeZone: ["Europe/Vienna", "UTC"],
  code: [`${SECRET}code`],
  codeVerifier: [SECRET.padEnd(43, "v")],
  token: [DEVICE_TOKEN, `${DEVICE_TOKEN}-2`],
  replaces: [DEVICE_TOKEN],
  reason: [`${CANARY} rude`],
  text: [`${CANARY} no`],
  message: [`${CANARY} thanks`],
  words: [`${CANARY}word`, "spam", "*", "a.b"],
};

/** Values that get a call past "not found", which generated ones would not. */
export function namesOf(field: string): readonly unknown[] | undefined {
  return Object.hasOwn(values, field) ? values[field] : undefined;
}

/** The payload with the scene's ids in place of their names. */
export function withIds(value: unknown, ids: Readonly<Record<SceneName, string>>): unknown {
  if (typeof value === "string")
    return sceneNames.some((name) => name === value) ? idOf(value, ids) : value;
  if (isArray(value)) return value.map((part) => withIds(part, ids));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withIds(part, ids)]));
}

function idOf(name: string, ids: Readonly<Record<string, string>>): string {
  return ids[name] ?? name;
}
