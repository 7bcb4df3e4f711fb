import type { Endpoints } from "../../local/suite/endpoints.js";
import { sendAsAdmin } from "../support/adminSide.js";

const HOUR_MS = 3_600_000;

/**
 * Adds participants who joined before everyone else. It writes to the emulator directly, because
 * opening this many clients would take minutes.
 */
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
    // Their heartbeat lies in the future, because no client will renew it.
    write(`activity/${uid}`, { seenAt: moment(HOUR_MS) }),
  ]);
  await sendAsAdmin("POST", `http://${firestore}/v1/${database}:commit`, { writes });
}
