import type { Room } from "@livekit/rtc-node";
import type { AudioKey } from "./access.js";
import { connectWithEvents, type NativeRoomEvent } from "./native.js";

const CONNECT_DEADLINE_MS = 15_000;

/** Connects a room within a deadline, or rejects and leaves no connection behind. */
export async function openRoom(
  room: Room,
  { url, token }: AudioKey,
  onEvent: (event: NativeRoomEvent) => void,
  closing: AbortController,
): Promise<void> {
  const connect = () => room.connect(url, token, { autoSubscribe: true, dynacast: false });
  const connecting = connectWithEvents(room, connect, onEvent, closing.signal);
  const deadline = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    deadline.reject(new Error(`no connection to ${url} within ${CONNECT_DEADLINE_MS} ms`));
  }, CONNECT_DEADLINE_MS);
  try {
    await Promise.race([connecting, deadline.promise]);
  } catch (error) {
    closing.abort();
    // The connection may still succeed later.
    void connecting.then(
      () => room.disconnect(),
      () => undefined,
    );
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
