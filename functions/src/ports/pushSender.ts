/** One notification for one device. */
export interface PushMessage {
  readonly token: string;
  readonly title: string;
  readonly body: string;
  /** For the app: which screen to open. */
  readonly data: Readonly<Record<string, string>>;
  /** A later message with the same key replaces this one on the device. */
  readonly collapseKey: string;
  /** How long FCM keeps trying to reach an offline device, in seconds. Then it drops the message. */
  readonly ttlSeconds: number;
}

/** `gone`: the token will never work again. `later`: FCM asks to try again. `refused`: it never takes this message. */
export type PushOutcome = "sent" | "gone" | "later" | "refused";

export interface PushAnswer {
  /** In the messages' order. */
  readonly outcomes: readonly PushOutcome[];
  /** How long FCM asks to wait before a retry of the messages marked `later`, in ms; 0 if it does not say. */
  readonly retryAfterMs: number;
}

/** Firebase Cloud Messaging, or a replacement for it. */
export interface PushSender {
  /** Sends 500 messages at most. */
  send(messages: readonly PushMessage[]): Promise<PushAnswer>;
}
