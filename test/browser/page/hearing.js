// Measures what a page really plays: the loudest incoming voice, and what reaches the loudspeaker.
const connections = new Set();
globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...args) {
    super(...args);
    connections.add(this);
  }
};

const meters = new Set();
const connect = AudioNode.prototype.connect;
AudioNode.prototype.connect = function (to, ...rest) {
  if (to instanceof AudioDestinationNode) {
    const meter = this.context.createAnalyser();
    connect.call(this, meter);
    meters.add(meter);
  }
  return connect.call(this, to, ...rest);
};

const AUDIBLE = 0.005;

globalThis.hearing = {
  /** Whether `voice` or `music` starts within `withinMs`. */
  async begins(sound, withinMs) {
    const deadline = performance.now() + withinMs;
    while ((await this[sound]()) < AUDIBLE) {
      if (performance.now() > deadline) return false;
      await new Promise(requestAnimationFrame);
    }
    return true;
  },
  /** Whether the sound stays silent for `ms`, before `withinMs` has passed. */
  async ceases(sound, ms, withinMs) {
    const deadline = performance.now() + withinMs;
    let silentSince = performance.now();
    while (performance.now() - silentSince < ms) {
      if ((await this[sound]()) >= AUDIBLE) silentSince = performance.now();
      if (performance.now() > deadline) return false;
      await new Promise(requestAnimationFrame);
    }
    return true;
  },
  /** Level after the element's volume; 0 if nothing is played. */
  async voice() {
    let loudest = 0;
    for (const connection of connections) {
      if (connection.connectionState === "closed") continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== "inbound-rtp" || report.kind !== "audio") continue;
        loudest = Math.max(loudest, report.audioLevel ?? 0);
      }
    }
    return loudest;
  },
  /** RMS level. */
  music() {
    let loudest = 0;
    for (const meter of meters) {
      // The analyser of a closed context returns its last samples forever.
      if (meter.context.state === "closed") continue;
      const samples = new Float32Array(meter.fftSize);
      meter.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      loudest = Math.max(loudest, Math.sqrt(power));
    }
    return loudest;
  },
};
