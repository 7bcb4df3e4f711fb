import type { Room } from "@livekit/rtc-node";

/**
 * Direct access to rtc-node's native part. The wrapper drops LiveKit's updates of the own
 * permission, swallows refusals, and holds back all events of a room while a publication waits for
 * its answer, which takes ten seconds without the permission.
 */
type Native = NonNullable<typeof globalThis._ffiClientInstance>;
type NativeMessage = Parameters<Parameters<Native["on"]>[1]>[0];
export type NativeEvent = NativeMessage["message"];
export type NativeRequest = Parameters<Native["request"]>[0]["message"];
export type NativeRoomEvent = Extract<NativeEvent, { case: "roomEvent" }>["value"]["message"];

export function native(): Native {
  const client = globalThis._ffiClientInstance;
  if (!client) throw new Error("rtc-node has not been started");
  return client;
}

/** Sends a request and returns the id under which LiveKit's answer will arrive as an event. */
export function ask(message: NonNullable<NativeRequest>): bigint | undefined {
  return native().request<{ asyncId?: bigint }>({ message }).asyncId;
}

/**
 * Resolves with the first thing that `look` finds in an event, or with undefined when `signal`
 * aborts.
 */
export function nativeEvent<Found>(
  look: (event: NativeEvent) => Found | undefined,
  signal: AbortSignal,
): Promise<Found | undefined> {
  return new Promise((resolve) => {
    const end = (found: Found | undefined) => {
      native().off("ffi_event", listener);
      signal.removeEventListener("abort", giveUp);
      resolve(found);
    };
    const giveUp = () => {
      end(undefined);
    };
    const listener = ({ message }: NativeMessage) => {
      const found = look(message);
      if (found !== undefined) end(found);
    };
    native().on("ffi_event", listener);
    signal.addEventListener("abort", giveUp);
    if (signal.aborted) giveUp();
  });
}

/**
 * Connects, and passes only this room's events to `listener` until `signal` aborts. It does the
 * same for rtc-node's own listener, which would otherwise take a lock for every event and sound
 * frame of every room in the process: the largest cost of a crowd.
 */
export async function connectWithEvents(
  room: Room,
  connect: () => Promise<void>,
  listener: (event: NativeRoomEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  // A room does not reveal its handle, but the answer to `connect` contains it next to the local
  // participant's.
  const roomOf = new Map<bigint | undefined, bigint | undefined>();
  const own = () => roomOf.get(room.localParticipant?.ffi_handle.handle);
  const onConnect = ({ message }: NativeMessage) => {
    if (message.case !== "connect" || message.value.message.case !== "result") return;
    const { localParticipant, room: opened } = message.value.message.value;
    roomOf.set(localParticipant?.handle?.id, opened?.handle?.id);
  };
  const others = new Set(globalThis._ffiClientInstance?.listeners("ffi_event"));
  const connecting = connect();
  const added = native()
    .listeners("ffi_event")
    .filter((known) => !others.has(known));
  native().on("ffi_event", onConnect);
  try {
    await connecting;
  } finally {
    native().off("ffi_event", onConnect);
  }
  // Listeners that only waited for that answer are gone by now.
  const waiting = new Set(native().listeners("ffi_event"));
  const rtcNodes = added.filter((known) => waiting.has(known));
  for (const known of rtcNodes) native().off("ffi_event", known);
  const onEvent = (event: NativeMessage) => {
    const { message } = event;
    if (message.case !== "roomEvent" || message.value.roomHandle !== own()) return;
    for (const known of rtcNodes) known(event);
    listener(message.value.message);
  };
  native().on("ffi_event", onEvent);
  signal.addEventListener("abort", () => native().off("ffi_event", onEvent), { once: true });
}
