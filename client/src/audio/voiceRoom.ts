/** The room in which voices are heard: LiveKit's, or a test's. */
export interface VoiceRoom {
  connect(url: string, token: string): Promise<void>;
  /** Whether one may publish now, as the room itself says. */
  readonly canPublish: boolean;
  /** Whether the voices of others are played. */
  setPlaying(isPlaying: boolean): void;
  setMicrophone(isOn: boolean): Promise<void>;
  /** Browsers play nothing before the person touched the page: to be called while he does. */
  startPlayback(): Promise<void>;
  close(): Promise<void>;
}

/** What a room tells. */
export interface VoiceRoomEvents {
  /**
   * - `elsewhere`: the same person connected from another tab or device
   * - `removed`: the server took them out of the room; Firestore soon says why
   */
  disconnected(because: "elsewhere" | "removed" | "lost"): void;
  /** The room is trying by itself, or is through. */
  reconnecting(isReconnecting: boolean): void;
  canPublishChanged(): void;
  /** A host muted the microphone. */
  muted(): void;
  speaking(voices: readonly Voice[]): void;
  /** Whose microphones are on, one's own among them. */
  microphonesOn(uids: readonly string[]): void;
  playbackAllowed(isAllowed: boolean): void;
}

/**
 * Somebody who is heard now, and how loud: 0 to 1.
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

/** Makes a room, loading what it needs. */
export type OpenVoiceRoom = (events: VoiceRoomEvents) => Promise<VoiceRoom>;
