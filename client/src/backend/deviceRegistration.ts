import type { RequestOf } from "./callables.js";

/** The server's part of it. */
export interface DeviceCalls {
  registerDevice(request: RequestOf<"registerDevice">): Promise<unknown>;
  unregisterDevice(request: RequestOf<"unregisterDevice">): Promise<unknown>;
}

/**
 * Whether this app receives the signed-in person's notifications. One step runs after the other, so that a sign-out also
 * takes back a registration that is still on its way.
 */
export class DeviceRegistration {
  readonly #calls: DeviceCalls;
  /** The token with which this app is registered, as far as it has registered since it started. */
  #token: string | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(calls: DeviceCalls) {
    this.#calls = calls;
  }

  register(device: Omit<RequestOf<"registerDevice">, "replaces" | "timeZone">): Promise<void> {
    return this.#next(async () => {
      const replaces = this.#token;
      const isNew = replaces !== undefined && replaces !== device.token;
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      await this.#calls.registerDevice({ ...device, timeZone, ...(isNew && { replaces }) });
      this.#token = device.token;
    });
  }

  unregister(token: string | undefined): Promise<void> {
    return this.#next(() => this.#unregister(token));
  }

  /** Offline, the registration stays until a person signs in on this device. */
  signOut(token: string | undefined, work: () => Promise<void>): Promise<void> {
    return this.#next(async () => {
      await this.#unregister(token).catch(() => undefined);
      this.#token = undefined;
      await work();
    });
  }

  async #unregister(token = this.#token): Promise<void> {
    if (token === undefined) return;
    await this.#calls.unregisterDevice({ token });
    this.#token = undefined;
  }

  #next(step: () => Promise<void>): Promise<void> {
    const next = this.#last.then(step, step);
    this.#last = next;
    return next;
  }
}
