import type { Firestore } from "firebase-admin/firestore";
import type { AudioRooms, RoomEvent } from "./ports/audioRooms.js";
import type { Clock } from "./clock.js";
import type { Limiter } from "./ports/limiter.js";
import type { PaymentEvent, Payments } from "./ports/payments.js";
import type { AuthAccounts } from "./ports/authAccounts.js";
import type { PushSender } from "./ports/pushSender.js";
import type { TokenCipher } from "./ports/tokenCipher.js";
import type { SpotifyCatalog } from "./ports/spotifyCatalog.js";
import type { SpotifyGateway } from "./ports/spotifyGateway.js";
import type { TaskQueues } from "./tasks/tasks.js";

/** The apps that open shared links, as the stores know them. */
export interface LinkedApps {
  /** The Android package; empty: there is none. */
  readonly androidPackage: string;
  /** SHA-256 fingerprints of its signing certificates, as Play Console shows them. */
  readonly androidFingerprints: readonly string[];
  /** `<team id>.<bundle id>`; empty: there is none. */
  readonly iosAppId: string;
}

/** How long something is kept, in ms. */
export interface Retention {
  /** A scheduled show, after its time. */
  readonly scheduledMs: number;
  /** A draft, after its last change. */
  readonly draftMs: number;
  /** What people said and did in a show, after its end. */
  readonly conversationMs: number;
  /** What was played in a show, after its end. */
  readonly playsMs: number;
}

/** How creators are supported. */
interface SupportSettings {
  /** Not in apps, and not while the creator's show plays music. */
  readonly isWebOnly: boolean;
  /** Ambient's share, in hundredths of a percent. */
  readonly feeBasisPoints: number;
  readonly returnOrigins: readonly string[];
  /** How long a payment is kept, in ms. */
  readonly retentionMs: number;
}

/** The edges of the system. Operations name the ones they use and never reach for others. */
export interface Dependencies {
  readonly firestore: Firestore;
  readonly accounts: AuthAccounts;
  /** Refuses a suspended person with ACCOUNT_SUSPENDED. */
  readonly refuseSuspended: (uid: string) => Promise<void>;
  readonly spotify: SpotifyGateway;
  readonly catalog: SpotifyCatalog;
  readonly redirectUris: readonly string[];
  readonly cipher: TokenCipher;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly tasks: TaskQueues;
  readonly push: PushSender;
  /** Where the web app and shared links are, without a slash at the end. */
  readonly appUrl: string;
  readonly linkedApps: LinkedApps;
  /** How many notifications a person's devices get on one day. */
  readonly notificationsPerDay: number;
  /** People are notified of a show's changes of time once per interval of this length, in ms. */
  readonly movesIntervalMs: number;
  /** How long the inbox keeps a notification, in ms. */
  readonly inboxRetentionMs: number;
  readonly limiter: Limiter;
  /** The key of a network in the limits. It does not reveal the address. */
  readonly networkKey: (network: string) => string;
  readonly trustedProxies: number;
  /** The shortest intervals of the feed, in ms: small shows have these. */
  readonly audienceIntervalMs: number;
  readonly digestIntervalMs: number;
  readonly rooms: AudioRooms;
  /** Reads a webhook; rejects with `UnsignedEvent`. */
  readonly roomEvents: (
    rawBody: string,
    authorization: string | undefined,
  ) => Promise<RoomEvent | null>;
  readonly payments: Payments;
  /** Reads a webhook; rejects with `UnsignedPaymentEvent`. */
  readonly paymentEvents: (
    rawBody: Buffer,
    signature: string | undefined,
  ) => Promise<PaymentEvent | null>;
  readonly support: SupportSettings;
  /** How long a person without a connection counts as present, in ms. */
  readonly presenceGraceMs: number;
  readonly hostGraceMs: number;
  readonly retention: Retention;
  /** The shortest time for which a report is kept after the last decision on it, in ms. */
  readonly reportRetentionMs: number;
  /** In years. */
  readonly minimumAge: number;
  /** How long a deletion of an account waits before it begins, in ms. */
  readonly deletionGraceMs: number;
}
