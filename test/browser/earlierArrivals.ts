import assert from "node:assert/strict";
import type { Endpoints } from "../../local/suite/endpoints.js";

const HOUR_MS = 3_600_000;

/** People who came to a show before everybody else: written at the emulator, as so many phones would take minutes. */
export async function addEarlierArrivals(
  { firestore, projectId }: Endpoints,
  showId: string,
  count: number,
): Promise<void> {
  const database = `projects/${projectId}/databases/(default)/documents`;
  const people = Array.from({ length: count }, (_, index) => `spotify_early${index}`);
  const moment = (ms: number) => ({ timestampValue: new Date(Date.now() + ms).toISOString() });
  const write = (place: string, fields: Readonly<Record<string, unknown>>) => ({
    update: { name: `${database}/shows/${showId}/${place}`, fields },
  });
  const writes = people.flatMap((uid, index) => [
    write(`participants/${uid}`, {
      uid: { stringValue: uid },
      displayName: { stringValue: `Early bird ${index}` },
      photoUrl: { nullValue: null },
      role: { stringValue: "listener" },
      state: { stringValue: "present" },
      joinedAt: moment(index - HOUR_MS),
      leftAt: { nullValue: null },
      canPublish: { booleanValue: false },
      invitedTo: { nullValue: null },
    }),
    // They have no phone that would give a sign of life.
    write(`activity/${uid}`, { seenAt: moment(HOUR_MS) }),
  ]);
  const answer = await fetch(`http://${firestore}/v1/${database}:commit`, {
    method: "POST",
    headers: { "authorization": "Bearer owner", "content-type": "application/json" },
    body: JSON.stringify({ writes }),
  });
  assert.ok(answer.ok, await answer.text());
}
