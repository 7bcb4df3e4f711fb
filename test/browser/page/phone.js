import { Room, RoomEvent, Track } from "livekit-client";

// A person would hear anything above this.
const AUDIBLE_RMS = 0.01;
const MEASURE_EVERY_MS = 10;

const audio = new AudioContext();
const room = new Room();
/** Per participant: the analyser while they publish, and when they were last loud. */
const voices = new Map();
let disconnected;
let speech;

const voiceOf = (uid) => {
  if (!voices.has(uid)) voices.set(uid, { level: 0, lastHeardAt: undefined });
  return voices.get(uid);
};

room.on(RoomEvent.TrackSubscribed, (track, _publication, participant) => {
  if (track.kind !== Track.Kind.Audio) return;
  // WebAudio receives nothing from a remote stream until an element plays it, even muted.
  const element = track.attach();
  element.muted = true;
  const analyser = audio.createAnalyser();
  analyser.fftSize = 1024;
  audio.createMediaStreamSource(new MediaStream([track.mediaStreamTrack])).connect(analyser);
  voiceOf(participant.identity).analyser = analyser;
});
room.on(RoomEvent.TrackUnsubscribed, (track, _publication, participant) => {
  if (track.kind !== Track.Kind.Audio) return;
  track.detach();
  voiceOf(participant.identity).analyser = undefined;
});
room.on(RoomEvent.Disconnected, (reason) => {
  disconnected = { reason };
});

const samples = new Float32Array(1024);
let measuredAt = performance.now();
setInterval(() => {
  measuredAt = performance.now();
  for (const voice of voices.values()) {
    let squares = 0;
    if (voice.analyser) {
      voice.analyser.getFloatTimeDomainData(samples);
      for (const sample of samples) squares += sample * sample;
    }
    voice.level = Math.sqrt(squares / samples.length);
    if (voice.level > AUDIBLE_RMS) voice.lastHeardAt = measuredAt;
  }
}, MEASURE_EVERY_MS);

globalThis.phone = {
  async connect(url, token) {
    await audio.resume();
    await room.connect(url, token);
    return room.localParticipant.identity;
  },
  /**
   * Publishes a tone in place of the real microphone, whose echo cancellation would remove a steady
   * tone.
   */
  async speak(frequencyHz) {
    await this.hush();
    const oscillator = audio.createOscillator();
    oscillator.frequency.value = frequencyHz;
    const volume = audio.createGain();
    volume.gain.value = 0.3;
    const output = audio.createMediaStreamDestination();
    oscillator.connect(volume).connect(output);
    oscillator.start();
    const [track] = output.stream.getAudioTracks();
    try {
      await room.localParticipant.publishTrack(track, { source: Track.Source.Microphone });
    } catch (error) {
      oscillator.stop();
      return `refused: ${error.message}`;
    }
    speech = { oscillator, track };
    return "speaking";
  },
  async hush() {
    if (!speech) return;
    speech.oscillator.stop();
    await room.localParticipant.unpublishTrack(speech.track);
    speech = undefined;
  },
  level: (uid) => voiceOf(uid).level,
  hears: (uid) => voiceOf(uid).level > AUDIBLE_RMS,
  /** How long `uid` has been silent, in milliseconds; 0 if `uid` was never heard. */
  silentMs(uid) {
    const { lastHeardAt } = voiceOf(uid);
    return lastHeardAt === undefined ? 0 : measuredAt - lastHeardAt;
  },
  mayPublish: () => room.localParticipant.permissions?.canPublish ?? false,
  disconnected: () => disconnected ?? null,
  disconnect: () => room.disconnect(),
};
