// The fake microphone's beeps are too short for LiveKit to tell of a speaker: a voice that goes on.
MediaDevices.prototype.getUserMedia = () => {
  const context = new AudioContext();
  const voice = new OscillatorNode(context, { frequency: 220 });
  const microphone = context.createMediaStreamDestination();
  voice.connect(microphone);
  voice.start();
  return Promise.resolve(microphone.stream);
};
