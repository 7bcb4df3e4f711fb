import { Room, RoomEvent, Track } from "livekit-client";

// Above this a person would hear it.
const AUDIBLE_RMS = 0.01;
const MEASURE_EVERY_MS = 10;

const audio = new AudioContext();
const room = new Room();
/** What is heard of each person: its analyser while he sends, and when it was last loud. */
const voices = new Map();
let disconnected;
let speech;

const voiceOf = (uid) => {
  if (!voices.has(uid)) voices.set(uid, { level: 0, lastHeardAt: undefined });
  return voices.get(uid);
};

room.on(RoomEvent.TrackSubscribed, (track, _publication, participant) => {
  if (track.kind !== Track.Kind.Audio) return;
  // A remote stream gives WebAudio nothing until an element plays it; muted, it still does.
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
  /** Says a tone as a microphone would: the real one's echo cancellation takes a steady tone away. */
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
  /** For how long nothing of `uid` has been measured; 0 for one who never was heard. */
  silentMs(uid) {
    const { lastHeardAt } = voiceOf(uid);
    return lastHeardAt === undefined ? 0 : measuredAt - lastHeardAt;
  },
  mayPublish: () => room.localParticipant.permissions?.canPublish ?? false,
  disconnected: () => disconnected ?? null,
  disconnect: () => room.disconnect(),
};
