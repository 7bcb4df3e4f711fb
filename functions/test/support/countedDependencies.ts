import type { Firestore } from "firebase-admin/firestore";
import { randomBytes, randomUUID } from "node:crypto";
import type { AudioRooms } from "../../src/ports/audioRooms.js";
import { systemClock } from "../../src/clock.js";
import type { Dependencies } from "../../src/dependencies.js";
import { tokenCipher } from "../../src/spotify/cipher.js";
import type { Payments } from "../../src/ports/payments.js";
import type { SpotifyCatalog } from "../../src/ports/spotifyCatalog.js";
import type { SpotifyGateway } from "../../src/ports/spotifyGateway.js";

/** Encrypts the grants of `countedDependencies`. */
export const cipher = tokenCipher(JSON.stringify({ 1: randomBytes(32).toString("base64") }));

function countedCatalog(reach: Reach): SpotifyCatalog {
  const tell = <Answer>(answer: Answer) => reach("Spotify catalogue", answer);
  const playlist = { id: "", name: "Mix", imageUrl: null, trackCount: 0, snapshotId: null };
  return {
    listPlaylists: () => tell({ total: 0, items: [], next: { offset: 0 } }),
    getPlaylist: (_accessToken, id) => tell({ ...playlist, id }),
    readPlaylist: () => tell({ total: 0, items: [], next: { offset: 0 } }),
    searchTracks: () => tell([]),
    getTrack: (_accessToken, id) =>
      tell({
        uri: `spotify:track:${id}`,
        name: "Sodium Orange",
        artists: ["Kino Parade"],
        durationMs: 251_300,
        imageUrl: null,
        explicit: false,
      }),
  };
}

type Reach = <Answer>(edge: string, answer: Answer) => Promise<Answer>;

function countedRooms(reach: Reach): AudioRooms {
  const tell = () => reach("LiveKit", undefined);
  return {
    open: tell,
    close: tell,
    remove: tell,
    mute: tell,
    list: () => reach("LiveKit", []),
    look: () => reach("LiveKit", { since: 0, connected: [] }),
    find: () => reach("LiveKit", null),
    permit: () => reach("LiveKit", true),
    // Signing a token needs no request.
    access: (_showId, _uid, { canPublish }) => Promise.resolve({ provider: "none", canPublish }),
  };
}

function countedPayments(reach: Reach): Payments {
  const tell = <Answer>(answer: Answer) => reach("Stripe", answer);
  const page = {
    sessionId: "session",
    url: "https://stripe.example",
    paymentIntentId: null,
    facts: {},
  };
  return {
    createAccount: () => tell("account"),
    readAccount: () =>
      tell({
        chargesEnabled: true,
        payoutsEnabled: true,
        requirementsDue: [],
        country: "DE",
        defaultCurrency: "eur",
      }),
    onboardingUrl: () => tell("https://stripe.example"),
    dashboardUrl: () => tell("https://stripe.example"),
    openCheckout: () => tell(page),
    readCheckout: () => tell(page),
    refund: () => tell(true),
    supportIdOf: () => tell(null),
  };
}

/** Dependencies that record each call to anything but Firestore in `external`. */
export function countedDependencies(firestore: Firestore): Dependencies & { external: string[] } {
  const external: string[] = [];
  const grant = { accessToken: "access", refreshToken: "refresh", scopes: [] };
  const reach: Reach = (edge, answer) => {
    external.push(edge);
    return Promise.resolve(answer);
  };
  const inAnHour = () => Date.now() + 3_600_000;
  const spotify: SpotifyGateway = {
    exchangeCode: () => reach("Spotify token", { ...grant, expiresAt: inAnHour() }),
    refreshAccessToken: () => reach("Spotify token", { ...grant, expiresAt: inAnHour() }),
    getProfile: () => reach("Spotify profile", { id: "ada", account_id: "account-ada" }),
  };
  return {
    firestore,
    external,
    spotify,
    catalog: countedCatalog(reach),
    cipher,
    clock: systemClock,
    newId: randomUUID,
    redirectUris: ["ambient://callback"],
    // The wrapper's limiter; operations count in their own transaction.
    limiter: () => reach("limiter", undefined),
    networkKey: (network) => network,
    trustedProxies: 1,
    audienceIntervalMs: 5_000,
    accounts: {
      upsert: () => reach("Auth account", { isDisabled: false }),
      isDisabled: () => reach("Auth account", false),
      customToken: () => reach("Auth token", "token"),
      disable: () => reach("Auth account", undefined),
      enable: () => reach("Auth account", undefined),
      delete: () => reach("Auth account", undefined),
      isAdmin: () => reach("Auth account", false),
      isFormerAdmin: () => reach("Auth account", false),
      setAdmin: () => reach("Auth account", undefined),
    },
    refuseSuspended: () => reach("suspension", undefined),
    tasks: {
      publishFeed: { enqueue: () => reach("Cloud Tasks", undefined) },
      sweepShow: { enqueue: () => reach("Cloud Tasks", undefined) },
      notify: { enqueue: () => reach("Cloud Tasks", undefined) },
      countFollowers: { enqueue: () => reach("Cloud Tasks", undefined) },
    },
    digestIntervalMs: 2_000,
    presenceGraceMs: 150_000,
    hostGraceMs: 300_000,
    minimumAge: 16,
    appUrl: "https://ambient.example",
    linkedApps: { androidPackage: "", androidFingerprints: [], iosAppId: "" },
    notificationsPerDay: 10,
    movesIntervalMs: 300_000,
    inboxRetentionMs: 30 * 24 * 3_600_000,
    push: {
      send: (messages) =>
        reach("FCM", { outcomes: messages.map(() => "sent" as const), retryAfterMs: 0 }),
    },
    retention: { scheduledMs: 1, draftMs: 1, conversationMs: 1, playsMs: 1 },
    reportRetentionMs: 1,
    deletionGraceMs: 0,
    rooms: countedRooms(reach),
    roomEvents: () => Promise.resolve(null),
    payments: countedPayments(reach),
    paymentEvents: () => Promise.resolve(null),
    support: {
      isWebOnly: true,
      feeBasisPoints: 0,
      returnOrigins: ["https://ambient.example"],
      retentionMs: 1,
    },
  };
}
