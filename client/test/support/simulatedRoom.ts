import type { VoiceRoom, VoiceRoomEvents } from "../../src/audio/voiceRoom.js";

/** A room that the test controls. */
export class SimulatedRoom implements VoiceRoom {
  canPublish = false;
  isPlaying = false;
  volume = 1;
  isOpen = true;
  microphone = false;
  microphoneId: string | undefined;
  loudness = 0;
  microphoneError: Error | undefined;
  readonly events: VoiceRoomEvents;
  token = "";
  readonly unreachable: Error | undefined;
  constructor(events: VoiceRoomEvents, unreachable: Error | undefined) {
    this.events = events;
    this.unreachable = unreachable;
  }
  connect(_url: string, token: string) {
    this.token = token;
    if (!this.unreachable) return Promise.resolve();
    // LiveKit's client does the same.
    this.events.disconnected("lost");
    return Promise.reject(this.unreachable);
  }
  setPlaying(isPlaying: boolean) {
    this.isPlaying = isPlaying;
  }
  setMicrophone(isOn: boolean) {
    if (this.microphoneError) return Promise.reject(this.microphoneError);
    this.microphone = isOn;
    return Promise.resolve();
  }
  setVolume(volume: number) {
    this.volume = volume;
  }
  chooseMicrophone(id: string) {
    this.microphoneId = id;
    return Promise.resolve();
  }
  level() {
    return Promise.resolve(this.loudness);
  }
  startPlayback() {
    return Promise.resolve();
  }
  close() {
    this.isOpen = false;
    return Promise.resolve();
  }
}
