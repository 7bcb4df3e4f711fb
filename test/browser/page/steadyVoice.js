// LiveKit does not detect a speaker from the fake microphone's short beeps, so provide a steady
// tone.
MediaDevices.prototype.getUserMedia = () => {
  const context = new AudioContext();
  const voice = new OscillatorNode(context, { frequency: 220 });
  const microphone = context.createMediaStreamDestination();
  voice.connect(microphone);
  voice.start();
  return Promise.resolve(microphone.stream);
};
