import type { Endpoints } from "../../local/suite/endpoints.js";
import { sendAsAdmin } from "../support/adminSide.js";

/** Comments of one listener, written past the rules, which would let one through each second. */
export async function addComments(
  { firestore, projectId }: Endpoints,
  showId: string,
  texts: readonly string[],
): Promise<void> {
  const database = `projects/${projectId}/databases/(default)/documents`;
  const writes = texts.map((text, index) => ({
    update: {
      name: `${database}/shows/${showId}/comments/added-${index}`,
      fields: {
        authorUid: { stringValue: "spotify_talkative" },
        author: {
          mapValue: {
            fields: { displayName: { stringValue: "Talkative" }, photoUrl: { nullValue: null } },
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
