import { randomBytes } from "node:crypto";
import type { FcmErrorCode, FcmFault, ReceivedMessage } from "./control.js";
import type { FcmMessage } from "./message.js";

/** HTTP v1's status for each error. https://firebase.google.com/docs/reference/fcm/rest/v1/ErrorCode */
const statuses: Readonly<Record<FcmErrorCode, readonly [http: number, status: string]>> = {
  INVALID_ARGUMENT: [400, "INVALID_ARGUMENT"],
  UNREGISTERED: [404, "NOT_FOUND"],
  SENDER_ID_MISMATCH: [403, "PERMISSION_DENIED"],
  PERMISSION_DENIED: [403, "PERMISSION_DENIED"],
  QUOTA_EXCEEDED: [429, "RESOURCE_EXHAUSTED"],
  UNAVAILABLE: [503, "UNAVAILABLE"],
  INTERNAL: [500, "INTERNAL"],
  THIRD_PARTY_AUTH_ERROR: [401, "UNAUTHENTICATED"],
};

export interface FcmAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The installed apps and what each of them received. */
export class FcmState {
  requests = 0;
  readonly #received = new Map<string, ReceivedMessage[]>();
  /** Apps that are gone. */
  readonly #uninstalled = new Set<string>();
  readonly #followers = new Set<(message: ReceivedMessage) => void>();
  #faults: FcmFault[] = [];

  install(): string {
    // Of the shape and about the length of real tokens: an installation id, a colon and a secret.
    const token = `${randomBytes(16).toString("base64url")}:${randomBytes(96).toString("base64url")}`;
    this.#received.set(token, []);
    return token;
  }

  uninstall(token: string): void {
    if (this.#received.delete(token)) this.#uninstalled.add(token);
  }

  received(token: string): readonly ReceivedMessage[] {
    return this.#received.get(token) ?? [];
  }

  /** Resolves once the app has received so many messages, with false if it has not within this time. */
  hasReceived(token: string, count: number, withinMs: number): Promise<boolean> {
    if (this.received(token).length >= count) return Promise.resolve(true);
    return new Promise((resolve) => {
      const finish = (isThere: boolean) => {
        clearTimeout(deadline);
        unfollow();
        resolve(isThere);
      };
      const unfollow = this.follow(() => {
        if (this.received(token).length >= count) finish(true);
      });
      const deadline = setTimeout(() => {
        finish(false);
      }, withinMs);
    });
  }

  /** Calls `listener` for each message from now on, until the returned function is called. */
  follow(listener: (message: ReceivedMessage) => void): () => void {
    this.#followers.add(listener);
    return () => this.#followers.delete(listener);
  }

  fail(fault: FcmFault): void {
    this.#faults.push(fault);
  }

  clearFaults(): void {
    this.#faults = [];
  }

  deliver(project: string, message: FcmMessage, isOnlyCheck: boolean): FcmAnswer {
    const { token } = message;
    const fault = this.#takeFault(token);
    if (fault) return failure(fault.errorCode, "Injected by a test.", fault.retryAfterSeconds);
    const inbox = this.#received.get(token);
    if (this.#uninstalled.has(token)) {
      return failure("UNREGISTERED", "Requested entity was not found.");
    }
    if (!inbox) {
      const problem = "The registration token is not a valid FCM registration token";
      return failure("INVALID_ARGUMENT", problem);
    }
    const { title = "", body = "" } = message.notification ?? {};
    const collapseKey = message.android?.collapse_key ?? null;
    const received = { token, title, body, data: message.data ?? {}, collapseKey };
    if (!isOnlyCheck) {
      inbox.push(received);
      for (const listener of this.#followers) listener(received);
    }
    const id = randomBytes(8).toString("hex");
    return { status: 200, body: { name: `projects/${project}/messages/${id}` } };
  }

  #takeFault(token: string): FcmFault | undefined {
    const fault = this.#faults.find((each) => each.token === undefined || each.token === token);
    if (!fault) return undefined;
    const left = { ...fault, times: fault.times - 1 };
    this.#faults = this.#faults.flatMap((each) => {
      if (each !== fault) return [each];
      return left.times > 0 ? [left] : [];
    });
    return fault;
  }
}

export function failure(
  errorCode: FcmErrorCode,
  message: string,
  retryAfterSeconds?: number,
): FcmAnswer {
  const [code, status] = statuses[errorCode];
  const type = "type.googleapis.com/google.firebase.fcm.v1.FcmError";
  const details = errorCode === "PERMISSION_DENIED" ? [] : [{ "@type": type, errorCode }];
  return {
    status: code,
    ...(retryAfterSeconds !== undefined && { headers: { "retry-after": `${retryAfterSeconds}` } }),
    body: { error: { code, message, status, details } },
  };
}
