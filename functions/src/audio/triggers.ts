import { onRequest } from "firebase-functions/https";
import { error as logError, info as logInfo } from "firebase-functions/logger";
import { livekitApiSecret } from "../config.js";
import { REGION } from "../contract/region.js";
import { dependencies } from "../assemble.js";
import { Refusal } from "../errors.js";
import { UnsignedEvent } from "./livekitEvents.js";
import { receiveRoomEvent } from "./receiveRoomEvent.js";

/**
 * LiveKit's webhooks. 401 for what LiveKit did not sign; 503 where the event could not be followed
 * now, so that LiveKit tells it again.
 */
export const audioWebhook = onRequest(
  { region: REGION, secrets: [livekitApiSecret] },
  async (request, response) => {
    const deps = dependencies();
    try {
      const event = await deps.roomEvents(
        request.rawBody.toString("utf8"),
        request.header("authorization"),
      );
      if (event) await receiveRoomEvent(deps, event);
      response.status(200).end();
    } catch (error) {
      if (error instanceof UnsignedEvent) {
        logInfo("audio webhook not signed");
        response.status(401).end();
        return;
      }
      if (error instanceof Refusal) logInfo("audio webhook not followed", { reason: error.reason });
      else logError("audio webhook failed", { stack: error instanceof Error ? error.stack : null });
      response.status(503).end();
    }
  },
);
