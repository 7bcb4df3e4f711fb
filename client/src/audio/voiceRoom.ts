/** An audio room: LiveKit's, or a test's. */
export interface VoiceRoom {
  connect(url: string, token: string): Promise<void>;
  /** Whether the person may publish now, according to the room. */
  readonly canPublish: boolean;
  /** Turns the voices of the others on or off. */
  setPlaying(isPlaying: boolean): void;
  /** The volume of the others, from 0 to 1. */
  setVolume(volume: number): void;
  setMicrophone(isOn: boolean): Promise<void>;
  /** Uses this microphone now and from now on, if it is there. */
  chooseMicrophone(id: string): Promise<void>;
  /** The loudness of the person's own microphone, from 0 to 1. */
  level(): Promise<number>;
  /** Call it from a click or a touch: browsers block audio before that. */
  startPlayback(): Promise<void>;
  close(): Promise<void>;
}

/** The events of a room. */
export interface VoiceRoomEvents {
  /**
   * - `elsewhere`: the same person connected from another tab or device
   * - `removed`: the server took them out of the room; Firestore soon says why
   */
  disconnected(because: "elsewhere" | "removed" | "lost"): void;
  /** True when the room starts to reconnect by itself, false when it has. */
  reconnecting(isReconnecting: boolean): void;
  canPublishChanged(): void;
  /** A host muted the microphone. */
  muted(): void;
  speaking(voices: readonly Voice[]): void;
  /** The uids whose microphones are on, including the person's own. */
  microphonesOn(uids: readonly string[]): void;
  playbackAllowed(isAllowed: boolean): void;
}

/**
 * A person who is heard now. `level` is their loudness, from 0 to 1.
 *
 * @example
 * ```ts
 * const isLoud = ({ level }: Voice) => level > 0.5;
 * ```
 */
export interface Voice {
  readonly uid: string;
  readonly level: number;
}

/** Creates a room, and loads the code that it needs. */
export type OpenVoiceRoom = (events: VoiceRoomEvents) => Promise<VoiceRoom>;
