import type { Dependencies } from "../dependencies.js";
import type { WebhookRequest, WebhookResponse } from "../ports/webhook.js";
import { nowOrEnqueued } from "./askForSweep.js";
import { UnsignedEvent } from "./livekitEvents.js";
import { receiveRoomEvent } from "./receiveRoomEvent.js";
import { log } from "../log.js";

/**
 * LiveKit's webhooks. 200 once an event is handled, or once a sweep is enqueued because LiveKit does not answer. 401
 * for requests that LiveKit did not sign. 503 after any other error, so that LiveKit sends the event again.
 */
export async function audioWebhook(
  deps: Pick<
    Dependencies,
    "firestore" | "clock" | "rooms" | "roomEvents" | "tasks" | "presenceGraceMs"
  >,
  request: WebhookRequest,
  response: WebhookResponse,
): Promise<void> {
  try {
    const event = await deps.roomEvents(
      request.rawBody?.toString("utf8") ?? "",
      request.header("authorization"),
    );
    if (event) await nowOrEnqueued(deps, event.showId, () => receiveRoomEvent(deps, event));
    response.status(200).end();
  } catch (error) {
    if (error instanceof UnsignedEvent) {
      log("INFO", "audio webhook not signed");
      response.status(401).end();
      return;
    }
    log("ERROR", "audio webhook failed", { stack: error instanceof Error ? error.stack : null });
    response.status(503).end();
  }
}
