import { setTimeout } from "node:timers/promises";
import { keyOf, type AudioAccess } from "./access.js";
import { changes } from "./changes.js";
import { hearing, type Hearing } from "./hearing.js";
import { sayTone, type Speech } from "./microphone.js";
import type { NativeRoomEvent } from "./native.js";
import { openRoom } from "./opening.js";
import { permissionOf, type Permission } from "./permission.js";
import { REFUSED_AFTER_MS } from "./publication.js";
import { receivedIn, type Received } from "./received.js";
import { rtc } from "./rtc.js";
import { trespass, type Trespass } from "./trespass.js";

const PATIENCE_MS = 10_000;
const DISCONNECT_DEADLINE_MS = 5_000;
const SPEECH_HZ = 440;

/** Times are this process's `performance.now()`. */
export interface Disconnection {
  /** LiveKit's name for it, such as PARTICIPANT_REMOVED, ROOM_DELETED or DUPLICATE_IDENTITY. */
  readonly reason: string;
  readonly at: number;
}

/**
 * One participant's connection to the audio room, through LiveKit's client with real sound in both
 * directions. Disconnect it after use: an open connection keeps receiving.
 */
export interface AudioClient extends Hearing {
  readonly identity: string;
  readonly connectedAt: number;
  /** False during a reconnect as well. */
  readonly connected: boolean;
  /** How the connection ended, whichever side ended it. */
  readonly disconnected: Promise<Disconnection>;
  /** The permissions that LiveKit granted this client, newest last. */
  readonly permissions: readonly Permission[];
  /**
   * Resolves with the time at which LiveKit granted or removed the permission, immediately if it already
   * has.
   */
  untilCanPublish(canPublish: boolean, patienceMs?: number): Promise<number>;
  /** This participant's metadata or another one's, as LiveKit reports it. */
  metadata(uid?: string): string | undefined;
  others(): readonly string[];
  /**
   * Resolves with what `look` finds. It looks again whenever LiveKit sends this client something.
   */
  until<Found>(look: () => Found | undefined, patienceMs?: number): Promise<Found>;
  /**
   * Publishes a tone on a microphone track until `hush`, even after LiveKit removed the track, like
   * a hostile app. Call `speak` again once the permission is back.
   */
  speak(frequencyHz?: number): Promise<"speaking" | "refused">;
  hush(): Promise<void>;
  /** Whether the own microphone is muted, by this participant or by LiveKit. */
  readonly muted: boolean;
  mute(muted: boolean): void;
  /** Everything that this client received from others, including sound. */
  readonly received: readonly Received[];
  readonly trespass: Trespass;
  /**
   * Cuts the signal connection or all connections. The client reconnects with the token that
   * LiveKit renews. Resolves once it is back or gone for good.
   */
  cut(what?: "signal" | "all"): Promise<void>;
  disconnect(): Promise<void>;
}

/** Connects like an app with `joinShow`'s answer. Rejects if LiveKit refuses. */
export async function connectAudio(access: AudioAccess): Promise<AudioClient> {
  const key = keyOf(access);
  const room = new rtc.Room();
  const changed = changes();
  const closing = new AbortController();
  const permissions: Permission[] = [];
  const received: Received[] = [];
  const ended = Promise.withResolvers<Disconnection>();
  let speech: Speech | undefined;

  // rtc-node's own `isConnected` stays true during a reconnect.
  const isConnected = () => room.connectionState === rtc.ConnectionState.CONN_CONNECTED;
  const hears = hearing(room, changed, isConnected, closing.signal);
  room.on(rtc.RoomEvent.Disconnected, (reason) => {
    ended.resolve({ reason: rtc.DisconnectReason[reason], at: performance.now() });
    changed.happened();
  });
  const onEvent = (event: NativeRoomEvent) => {
    received.push(...receivedIn(event, room.localParticipant?.identity));
    if (
      event.case === "participantPermissionChanged" &&
      event.value.participantIdentity === room.localParticipant?.identity
    ) {
      permissions.push(permissionOf(event.value.permission));
    }
    // rtc-node updates its own view of the room in the same turn of the event loop.
    setImmediate(() => {
      changed.happened();
    });
  };
  await openRoom(room, key, onEvent, closing);
  const participant = room.localParticipant;
  if (!participant) throw new Error("connected without a participant");
  permissions.push(permissionOf(participant.info.permission));
  const trespassing = trespass(room, closing.signal);

  const until = <Found>(look: () => Found | undefined, patienceMs = PATIENCE_MS) =>
    changed.until(look, patienceMs, () =>
      JSON.stringify({
        notSeenBy: participant.identity,
        connected: isConnected(),
        permission: permissions.at(-1),
        others: [...room.remoteParticipants.keys()],
      }),
    );
  const hush = async () => {
    const current = speech;
    speech = undefined;
    await current?.stop();
  };
  return {
    ...hears,
    identity: participant.identity,
    connectedAt: performance.now(),
    get connected() {
      return isConnected();
    },
    disconnected: ended.promise,
    permissions,
    untilCanPublish: (canPublish, patienceMs) =>
      until(() => {
        const before = permissions.findLastIndex(
          (permission) => permission.canPublish !== canPublish,
        );
        return permissions[before + 1]?.at;
      }, patienceMs),
    metadata: (uid) =>
      (uid === undefined ? participant : room.remoteParticipants.get(uid))?.metadata,
    others: () => [...room.remoteParticipants.keys()],
    until,
    async speak(frequencyHz = SPEECH_HZ) {
      await hush();
      const { allowed, forbidden } = REFUSED_AFTER_MS;
      const refusedAfterMs = permissions.at(-1)?.canPublish ? allowed : forbidden;
      const microphone = rtc.TrackSource.SOURCE_MICROPHONE;
      speech = await sayTone(room, frequencyHz, microphone, closing.signal, refusedAfterMs);
      return speech ? "speaking" : "refused";
    },
    hush,
    get muted() {
      return speech?.publication.muted ?? false;
    },
    mute(muted) {
      speech?.publication.mute(muted);
    },
    received,
    trespass: trespassing,
    async cut(what = "all") {
      const back = Promise.withResolvers<undefined>();
      room.once(rtc.RoomEvent.Reconnected, () => {
        back.resolve(undefined);
      });
      const { SIMULATE_SIGNAL_RECONNECT, SIMULATE_FULL_RECONNECT } = rtc.SimulateScenarioKind;
      await room.simulateScenario(
        what === "signal" ? SIMULATE_SIGNAL_RECONNECT : SIMULATE_FULL_RECONNECT,
      );
      await Promise.race([back.promise, ended.promise]);
    },
    async disconnect() {
      closing.abort();
      const left = (async () => {
        await Promise.all([hush(), trespassing.end()]);
        await room.disconnect();
      })();
      // LiveKit's native client can hang after a negotiation that failed. Its test has failed by then.
      await Promise.race([left, setTimeout(DISCONNECT_DEADLINE_MS, undefined, { ref: false })]);
    },
  };
}
