import { Refusal } from "../../src/errors.js";
import type { AudioRooms, Connected, Entitlement } from "../../src/ports/audioRooms.js";

/** Audio rooms under a test's control, which can fail on demand. */
export interface FakeAudioRooms extends AudioRooms {
  /** Connected participants with their permissions, by show. */
  readonly rooms: Map<string, Map<string, Connected>>;
  /** When a person's connection began, in ms since the epoch, by uid: 0 unless a test says otherwise. */
  readonly connectedAt: Map<string, number>;
  /** The calls to the rooms in order, except `find`. */
  readonly requests: string[];
  /** Whom `find` was called for, in order. */
  readonly found: string[];
  connect(
    showId: string,
    uid: string,
    entitlement: Entitlement,
    tracks?: number,
    isVoice?: boolean,
  ): void;
  /** Makes all calls fail, or succeed again. */
  setDown(down: boolean): void;
  /** Runs `act` before each call to the rooms, to change something in the meantime. */
  beforeRequest(act: (what: string) => unknown): void;
}

export function fakeAudioRooms(): FakeAudioRooms {
  const rooms: FakeAudioRooms["rooms"] = new Map();
  const connectedAt: FakeAudioRooms["connectedAt"] = new Map();
  const requests: string[] = [];
  const found: string[] = [];
  let isDown = false;
  let meanwhile: (what: string) => unknown = () => undefined;
  const ask = async <Answer>(what: string, answer: () => Answer): Promise<Answer> => {
    requests.push(what);
    await meanwhile(what);
    return answerUnlessDown(answer);
  };
  const answerUnlessDown = async <Answer>(answer: () => Answer): Promise<Answer> => {
    await Promise.resolve();
    if (isDown) throw new Refusal("AUDIO_UNAVAILABLE");
    return answer();
  };
  const find = (showId: string, uid: string) => rooms.get(showId)?.get(uid) ?? null;
  return {
    rooms,
    connectedAt,
    requests,
    found,
    connect(showId, uid, { role, canPublish }, tracks = 0, isVoice = true) {
      const published = Array.from({ length: tracks }, (_, index) => ({
        sid: `TR_${index}`,
        muted: false,
        isVoice,
      }));
      const room = rooms.get(showId) ?? new Map<string, Connected>();
      rooms.set(showId, room.set(uid, { uid, role, canPublish, tracks: published }));
    },
    setDown(down) {
      isDown = down;
    },
    beforeRequest(act) {
      meanwhile = act;
    },
    open: (showId) =>
      ask(`open ${showId}`, () => {
        if (!rooms.has(showId)) rooms.set(showId, new Map());
      }),
    close: (showId) => ask(`close ${showId}`, () => void rooms.delete(showId)),
    list: () =>
      ask("list", () =>
        [...rooms].map(([showId, people]) => ({ showId, since: 0, participants: people.size })),
      ),
    look: (showId) =>
      ask(`look ${showId}`, () => {
        const room = rooms.get(showId);
        if (!room) return null;
        const connected = [...room.values()].map((person) => ({
          ...person,
          connectedAt: connectedAt.get(person.uid) ?? 0,
        }));
        return { since: 0, connected };
      }),
    find: (showId, uid) => {
      found.push(uid);
      return answerUnlessDown(() => find(showId, uid));
    },
    permit: (showId, uid, { role, canPublish }) =>
      ask(`permit ${uid} ${role} ${canPublish ? "sound" : "silence"}`, () => {
        const person = find(showId, uid);
        if (!person) return false;
        const tracks = canPublish ? person.tracks : [];
        rooms.get(showId)?.set(uid, { uid, role, canPublish, tracks });
        return true;
      }),
    remove: (showId, uid) => ask(`remove ${uid}`, () => void rooms.get(showId)?.delete(uid)),
    mute: (showId, uid) =>
      ask(`mute ${uid}`, () => {
        const person = find(showId, uid);
        if (!person) return;
        const tracks = person.tracks.map((track) => ({ ...track, muted: true }));
        rooms.get(showId)?.set(uid, { ...person, tracks });
      }),
    access: (_showId, _uid, { canPublish }) => Promise.resolve({ provider: "none", canPublish }),
  };
}
