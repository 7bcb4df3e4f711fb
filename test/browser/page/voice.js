// LiveKit does not detect a speaker from the fake microphone's short beeps, so provide a tone. It
// grows louder and softer, as voices do: LiveKit reports a speaker again only when the level changes,
// and somebody who joins later learns of the speaker from that report.
MediaDevices.prototype.getUserMedia = () => {
  const context = new AudioContext();
  const voice = new OscillatorNode(context, { frequency: 220 });
  const loudness = new GainNode(context, { gain: 0.6 });
  const swell = new OscillatorNode(context, { frequency: 0.3 });
  const microphone = context.createMediaStreamDestination();
  swell.connect(new GainNode(context, { gain: 0.35 })).connect(loudness.gain);
  voice.connect(loudness).connect(microphone);
  swell.start();
  voice.start();
  return Promise.resolve(microphone.stream);
};
