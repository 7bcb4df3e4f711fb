import type { SimulatedDevice, SimulatedTime } from "./simulatedTime.js";

/** The server, as the clock's source, over a slow network. A sleeping device receives the answer later. */
export class SimulatedServer {
  readonly #time: SimulatedTime;
  readonly #device: SimulatedDevice;
  /** The delays of a request and its answer. */
  upMs = 20;
  downMs = 20;
  /** How far this server's clock is off. */
  offMs = 0;
  /** Every second request goes to a server whose clock is off by this much more. */
  othersOffMs = 0;
  isDown = false;
  /** Accepts requests and never answers. */
  isStuck = false;
  requestCount = 0;

  constructor(time: SimulatedTime, device: SimulatedDevice) {
    this.#time = time;
    this.#device = device;
  }

  readonly fetchServerTime = (): Promise<number> => {
    this.requestCount += 1;
    const { upMs, downMs, isDown, isStuck } = this;
    const offMs = this.offMs + (this.requestCount % 2) * this.othersOffMs;
    return new Promise((resolve, reject) => {
      if (isStuck) return;
      this.#time.after(upMs, () => {
        const now = Math.floor(this.#time.now) + offMs;
        this.#device.after(downMs, () => {
          if (isDown) reject(new Error("no connection"));
          else resolve(now);
        });
      });
    });
  };
}
