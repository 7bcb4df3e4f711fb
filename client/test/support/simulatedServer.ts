import type { SimulatedDevice, SimulatedTime } from "./simulatedTime.js";

/** The server whose clock a device asks for, at the end of a line. A device that sleeps hears it later. */
export class SimulatedServer {
  readonly #time: SimulatedTime;
  readonly #device: SimulatedDevice;
  /** How long a question takes, and its answer. */
  upMs = 20;
  downMs = 20;
  /** How far this server is off from the others. */
  offMs = 0;
  /** Every other question goes to a server that is off by so much more. */
  othersOffMs = 0;
  isDown = false;
  /** It takes questions and never answers. */
  isStuck = false;
  asked = 0;

  constructor(time: SimulatedTime, device: SimulatedDevice) {
    this.#time = time;
    this.#device = device;
  }

  readonly fetchServerTime = (): Promise<number> => {
    this.asked += 1;
    const { upMs, downMs, isDown, isStuck } = this;
    const offMs = this.offMs + (this.asked % 2) * this.othersOffMs;
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
