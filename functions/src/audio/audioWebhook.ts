import type { Request } from "firebase-functions/https";
import { error as logError, info as logInfo } from "firebase-functions/logger";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { UnsignedEvent } from "./livekitEvents.js";
import { receiveRoomEvent } from "./receiveRoomEvent.js";

/** As much of an HTTP response as this needs. */
interface Answer {
  status(code: number): { end(): unknown };
}

/**
 * LiveKit's webhooks. 401 for what LiveKit did not sign; 503 where the event could not be followed
 * now, so that LiveKit tells it again.
 */
export async function audioWebhook(
  deps: Dependencies,
  request: Request,
  response: Answer,
): Promise<void> {
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
}
