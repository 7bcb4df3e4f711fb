import fc from "fast-check";
import { callRequest } from "../../local/clientApp/call.js";
import { unsignedToken } from "../../local/clientApp/unsignedToken.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { faultIn, isInvalid } from "./judge.js";
import { withIds } from "./names.js";
import { anyPayload, type Payload, type PayloadCaller } from "./payload.js";
import { setScene, type Scene } from "./scene.js";
import { type Answer, sendHttp } from "./send.js";
import { signatureOf } from "./signature.js";

export interface FuzzOptions {
  readonly endpoints: Endpoints;
  readonly payloads: number;
  readonly seed: number;
  /** Where fast-check found a counterexample, to repeat it. */
  readonly path?: string | undefined;
}

/** How many payloads are in flight at a time. */
const LANES = 8;

/** Payloads suspend accounts, end shows and exhaust limits, so a scene serves only so many. */
const PAYLOADS_PER_SCENE = 100;

export class Fuzz {
  readonly #options: FuzzOptions;
  readonly scenes: Scene[] = [];
  /** Each with the command that repeats it. */
  readonly faults: string[] = [];
  sent = 0;

  constructor(options: FuzzOptions) {
    this.#options = options;
  }

  async setScene(): Promise<Scene> {
    const scene = await setScene(this.#options.endpoints);
    this.scenes.push(scene);
    return scene;
  }

  /** Sends the payloads that must be refused before an operation runs. */
  async sendInvalid(scene: Scene): Promise<void> {
    await this.#run(this.#seeds(), async (payload) => {
      return isInvalid(this.#concrete(payload, scene)) && this.#judge(payload, scene);
    });
  }

  /** Sends the other payloads. */
  async sendValid(first: Scene): Promise<void> {
    const seeds = this.#seeds();
    for (let start = 0; start < seeds.length; start += PAYLOADS_PER_SCENE) {
      const scene = start === 0 ? first : await this.setScene();
      await this.#run(seeds.slice(start, start + PAYLOADS_PER_SCENE), async (payload) => {
        return !isInvalid(this.#concrete(payload, scene)) && this.#judge(payload, scene);
      });
    }
  }

  #seeds(): number[] {
    return Array.from({ length: this.#options.payloads }, (_, index) => this.#options.seed + index);
  }

  async #judge(payload: Payload, scene: Scene): Promise<true> {
    const concrete = this.#concrete(payload, scene);
    const fault = faultIn(concrete, await this.#send(concrete, scene));
    if (fault !== undefined) throw new Error(fault);
    return true;
  }

  async #run(
    seeds: readonly number[],
    judge: (payload: Payload) => Promise<boolean>,
  ): Promise<void> {
    const waiting = [...seeds];
    const lane = async (): Promise<void> => {
      for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
        const { path } = this.#options;
        const parameters = { seed, numRuns: 1, ...(path !== undefined && { path }) };
        const sendings: boolean[] = [];
        const property = fc.asyncProperty(anyPayload, async (payload) => {
          sendings.push(await judge(payload));
        });
        const found = await fc.check(property, parameters);
        if (sendings.includes(true) || found.failed) this.sent += 1;
        if (!found.failed) continue;
        const shown = fc.stringify(found.counterexample?.[0]).slice(0, 2_000);
        const repeat = `npm run test:fuzz -- --payloads 1 --seed ${seed} --path ${found.counterexamplePath ?? ""}`;
        this.faults.push(`${String(found.errorInstance)}\n  ${shown}\n  ${repeat}`);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }

  #concrete(payload: Payload, { ids }: Scene): Payload {
    if (payload.kind === "call") return { ...payload, data: withIds(payload.data, ids) };
    return {
      ...payload,
      path: payload.path.replace("@live", ids["@live"]).replace("@ended", ids["@ended"]),
    };
  }

  async #send(payload: Payload, scene: Scene): Promise<Answer> {
    const { endpoints } = this.#options;
    if (payload.kind === "call") {
      const { name, caller, data } = payload;
      return sendHttp(endpoints, name, callRequest(data, this.#tokenOf(caller, scene)));
    }
    const { method, body, path, isSigned } = payload;
    const headers = { ...payload.headers, ...(isSigned && (await signatureOf(path, body))) };
    const hasBody = method !== "GET" && method !== "HEAD";
    return sendHttp(endpoints, path, { method, headers, ...(hasBody && { body }) });
  }

  #tokenOf(caller: PayloadCaller, { ids }: Scene): string | undefined {
    if (caller === "signed out") return undefined;
    if (caller === "forged token") return "e30.e30.e30";
    const claims = caller === "@admin" ? { admin: true } : {};
    return unsignedToken(this.#options.endpoints.projectId, ids[caller], claims);
  }
}
