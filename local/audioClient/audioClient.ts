import { keyOf, type AudioAccess } from "./access.js";
import { changes } from "./changes.js";
import { hearing, type Hearing } from "./hearing.js";
import { sayTone, type Speech } from "./microphone.js";
import type { NativeRoomEvent } from "./native.js";
import { openRoom } from "./opening.js";
import { permissionOf, type Permission } from "./permission.js";
import { receivedIn, type Received } from "./received.js";
import { rtc } from "./rtc.js";
import { trespass, type Trespass } from "./trespass.js";

const PATIENCE_MS = 10_000;
const SPEECH_HZ = 440;

/** Times are `performance.now()` of this process. */
export interface Disconnection {
  /** LiveKit's word for it: PARTICIPANT_REMOVED, ROOM_DELETED, DUPLICATE_IDENTITY … */
  readonly reason: string;
  readonly at: number;
}

/**
 * One person's place in the audio room, as the app on his phone has it: LiveKit's client, real sound in
 * both directions. Disconnect it: an open one keeps on hearing.
 */
export interface AudioClient extends Hearing {
  readonly identity: string;
  readonly connectedAt: number;
  /** False also while it tries to come back. */
  readonly connected: boolean;
  /** How the connection ended, whoever ended it. */
  readonly disconnected: Promise<Disconnection>;
  /** What LiveKit says that this client may do, newest last. */
  readonly permissions: readonly Permission[];
  /** Since when LiveKit says so; at once if it holds already. */
  untilCanPublish(canPublish: boolean, patienceMs?: number): Promise<number>;
  /** The own metadata, or another's, as LiveKit tells it. */
  metadata(uid?: string): string | undefined;
  others(): readonly string[];
  /** What `look` finds, looked for again whenever LiveKit says something to this client. */
  until<Found>(look: () => Found | undefined, patienceMs?: number): Promise<Found>;
  /**
   * Says a tone into a microphone track. It goes on until `hush`, even when LiveKit has taken the track
   * away, as a hostile app would: call `speak` again once the permission is back.
   */
  speak(frequencyHz?: number): Promise<"speaking" | "refused">;
  hush(): Promise<void>;
  /** Whether the own microphone is muted, by oneself or by LiveKit. */
  readonly muted: boolean;
  mute(muted: boolean): void;
  /** Everything that reached this client from others, sound included. */
  readonly received: readonly Received[];
  readonly trespass: Trespass;
  /**
   * Loses the signal connection, or all of it, and comes back by itself with the token that LiveKit
   * renews. Ends when it is back, or gone for good.
   */
  cut(what?: "signal" | "all"): Promise<void>;
  disconnect(): Promise<void>;
}

/** Connects as an app does with what `joinShow` answered. Rejects where LiveKit does not let it in. */
export async function connectAudio(access: AudioAccess): Promise<AudioClient> {
  const key = keyOf(access);
  const room = new rtc.Room();
  const changed = changes();
  const closing = new AbortController();
  const permissions: Permission[] = [];
  const received: Received[] = [];
  const ended = Promise.withResolvers<Disconnection>();
  let speech: Speech | undefined;

  // rtc-node's own `isConnected` is true also while it tries to come back.
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
    // rtc-node's own view of the room follows in the same turn of the event loop.
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
    const said = speech;
    speech = undefined;
    await said?.stop();
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
        const before = permissions.findLastIndex((said) => said.canPublish !== canPublish);
        return permissions[before + 1]?.at;
      }, patienceMs),
    metadata: (uid) =>
      (uid === undefined ? participant : room.remoteParticipants.get(uid))?.metadata,
    others: () => [...room.remoteParticipants.keys()],
    until,
    async speak(frequencyHz = SPEECH_HZ) {
      await hush();
      const microphone = rtc.TrackSource.SOURCE_MICROPHONE;
      speech = await sayTone(room, frequencyHz, microphone, closing.signal);
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
      await Promise.all([hush(), trespassing.end()]);
      await room.disconnect();
    },
  };
}
