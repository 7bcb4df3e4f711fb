import type { Endpoints } from "../../local/suite/endpoints.js";
import { sendAsAdmin } from "../support/adminSide.js";

/** Writes open song requests as an admin, because a person can have only a few. */
export async function addSongRequests(
  { firestore, projectId }: Endpoints,
  showId: string,
  count: number,
): Promise<void> {
  const database = `projects/${projectId}/databases/(default)/documents`;
  const writes = Array.from({ length: count }, (_, index) => ({
    update: {
      name: `${database}/shows/${showId}/songRequests/song${index + 1}`,
      fields: {
        track: {
          mapValue: {
            fields: {
              uri: { stringValue: `spotify:track:song${index + 1}` },
              name: { stringValue: `Song ${index + 1}` },
              artists: { arrayValue: { values: [{ stringValue: "A band" }] } },
              durationMs: { integerValue: "180000" },
              imageUrl: { nullValue: null },
              explicit: { booleanValue: false },
            },
          },
        },
        requestedBy: { stringValue: "spotify_talkative" },
        createdAt: { timestampValue: new Date(Date.now() + index).toISOString() },
        status: { stringValue: "open" },
        decidedAt: { nullValue: null },
        decidedBy: { nullValue: null },
      },
    },
  }));
  await sendAsAdmin("POST", `http://${firestore}/v1/${database}:commit`, { writes });
}
