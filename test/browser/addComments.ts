import type { Endpoints } from "../../local/suite/endpoints.js";
import { sendAsAdmin } from "../support/adminSide.js";

/**
 * Writes comments by one listener as an admin, because the rules allow only one comment per second.
 */
export async function addComments(
  { firestore, projectId }: Endpoints,
  showId: string,
  texts: readonly string[],
  /** The beginning of their ids. */
  prefix = "added-",
  author = "Talkative",
): Promise<void> {
  const database = `projects/${projectId}/databases/(default)/documents`;
  const writes = texts.map((text, index) => ({
    update: {
      name: `${database}/shows/${showId}/comments/${prefix}${index}`,
      fields: {
        authorUid: { stringValue: "spotify_talkative" },
        author: {
          mapValue: {
            fields: { displayName: { stringValue: author }, photoUrl: { nullValue: null } },
          },
        },
        text: { stringValue: text },
        createdAt: { timestampValue: new Date(Date.now() + index).toISOString() },
        hidden: { booleanValue: false },
      },
    },
  }));
  await sendAsAdmin("POST", `http://${firestore}/v1/${database}:commit`, { writes });
}
