import { getApps, initializeApp } from "firebase-admin/app";
import { getFirestore } from "firebase-admin/firestore";
import { createHmac, randomUUID } from "node:crypto";
import { noRooms, unconfiguredRooms } from "./audio/noRooms.js";
import { systemClock } from "./clock.js";
import {
  accountDeletionGraceHours,
  androidCertificateFingerprints,
  androidPackage,
  appUrl,
  audienceIntervalSeconds,
  audioProvider,
  conversationRetentionDays,
  digestIntervalSeconds,
  draftRetentionDays,
  hostGraceSeconds,
  livekitApiKey,
  livekitApiSecret,
  livekitApiUrl,
  livekitCallsPerMinute,
  livekitUrl,
  inboxRetentionDays,
  iosAppId,
  minimumAge,
  movesIntervalSeconds,
  notificationsPerDay,
  noShowHours,
  payments,
  playsRetentionDays,
  presenceGraceSeconds,
  reportRetentionDays,
  spotifyAccountsUrl,
  spotifyApiUrl,
  spotifyClientId,
  spotifyClientSecret,
  spotifyCredentialKeys,
  spotifyRedirectUris,
  stripeApiUrl,
  stripeSecretKey,
  stripeWebhookSecret,
  supportFeeBasisPoints,
  supportMode,
  supportRetentionYears,
  supportReturnOrigins,
  trustedProxies,
} from "./config.js";
import type { Dependencies } from "./dependencies.js";
import { countUse } from "./firestoreUse.js";
import {
  lazyAccounts,
  lazyCatalog,
  lazyPush,
  lazyPaymentEvents,
  lazyPayments,
  lazyQueue,
  lazyRoomEvents,
  lazyRooms,
  lazySpotify,
  once,
} from "./lazyPorts.js";
import { limiter } from "./limits/limiter.js";
import { currentOperation } from "./operation.js";
import type { Payments } from "./ports/payments.js";
import type { AudioRooms } from "./ports/audioRooms.js";
import type { TokenCipher } from "./ports/tokenCipher.js";
import { tokenCipher } from "./spotify/cipher.js";
import { noNewPayments, noPayments } from "./payments/noPayments.js";
import { refuseSuspended } from "./identity/assertNotSuspended.js";

const HOUR_MS = 3_600_000;
const YEAR_MS = 366 * 24 * HOUR_MS;

let assembled: Dependencies | undefined;

/**
 * The edges of the deployed functions, made once per instance. Each is made at its first use, because a function must
 * not read a secret that it was not given, nor load what it does not need.
 */
export function dependencies(): Dependencies {
  assembled ??= assemble();
  return assembled;
}

function assemble(): Dependencies {
  const app = getApps()[0] ?? initializeApp();
  const spotifyServers = () => ({
    accountsUrl: spotifyAccountsUrl.value(),
    apiUrl: spotifyApiUrl.value(),
    clock: systemClock,
  });
  const queues = once(async () => {
    const [{ getFunctions }, { taskQueue }, tasks] = await Promise.all([
      import("firebase-admin/functions"),
      import("./tasks/taskQueue.js"),
      import("./tasks/tasks.js"),
    ]);
    return {
      publishFeed: taskQueue(getFunctions(app), tasks.publishFeedTask, systemClock),
      countFollowers: taskQueue(getFunctions(app), tasks.countFollowersTask, systemClock),
      sweepShow: taskQueue(getFunctions(app), tasks.sweepShowTask, systemClock),
      notify: taskQueue(getFunctions(app), tasks.notifyTask, systemClock),
    };
  });
  let cipher: TokenCipher | undefined;

  const firestore = getFirestore(app);
  countUse(firestore, currentOperation);
  return {
    firestore,
    limiter: limiter(firestore, systemClock),
    refuseSuspended: refuseSuspended(firestore, systemClock),
    // Without a secret, trying all four billion addresses would reveal the address.
    networkKey: (network) =>
      createHmac("sha256", spotifyClientSecret.value())
        .update(`network of a sign-in: ${network}`)
        .digest("hex"),
    trustedProxies: Math.max(1, trustedProxies.value()),
    clock: systemClock,
    newId: randomUUID,
    audienceIntervalMs: Math.max(1, audienceIntervalSeconds.value()) * 1_000,
    digestIntervalMs: Math.max(1, digestIntervalSeconds.value()) * 1_000,
    presenceGraceMs: Math.max(1, presenceGraceSeconds.value()) * 1_000,
    hostGraceMs: Math.max(0, hostGraceSeconds.value()) * 1_000,
    minimumAge: minimumAge.value(),
    appUrl: appUrl.value().replace(/\/+$/, ""),
    linkedApps: {
      androidPackage: androidPackage.value(),
      androidFingerprints: androidCertificateFingerprints
        .value()
        .split(/[,\s]+/)
        .filter(Boolean),
      iosAppId: iosAppId.value(),
    },
    notificationsPerDay: Math.max(0, notificationsPerDay.value()),
    movesIntervalMs: Math.max(1, movesIntervalSeconds.value()) * 1_000,
    inboxRetentionMs: Math.max(1, inboxRetentionDays.value()) * 24 * HOUR_MS,
    retention: {
      scheduledMs: Math.max(1, noShowHours.value()) * HOUR_MS,
      draftMs: Math.max(1, draftRetentionDays.value()) * 24 * HOUR_MS,
      conversationMs: Math.max(1, conversationRetentionDays.value()) * 24 * HOUR_MS,
      playsMs: Math.max(1, playsRetentionDays.value()) * 24 * HOUR_MS,
    },
    reportRetentionMs: reportRetentionDays.value() * 24 * HOUR_MS,
    deletionGraceMs: Math.max(0, accountDeletionGraceHours.value()) * HOUR_MS,
    payments: choosePayments(),
    paymentEvents: lazyPaymentEvents(
      once(async () => {
        const { stripeEvents } = await import("./payments/stripeEvents.js");
        return stripeEvents(stripeWebhookSecret.value(), stripeSecretKey.value());
      }),
    ),
    support: {
      isWebOnly: supportMode.value() !== "anywhere",
      feeBasisPoints: Math.min(10_000, Math.max(0, supportFeeBasisPoints.value())),
      // Read at the first use, because only functions with payments need the list.
      get returnOrigins() {
        return supportReturnOrigins.value();
      },
      retentionMs: Math.max(1, supportRetentionYears.value()) * YEAR_MS,
    },
    redirectUris: spotifyRedirectUris.value(),
    get cipher() {
      return (cipher ??= tokenCipher(spotifyCredentialKeys.value()));
    },
    accounts: lazyAccounts(
      once(async () => {
        const [{ getAuth }, { authAccounts }] = await Promise.all([
          import("firebase-admin/auth"),
          import("./identity/authAccounts.js"),
        ]);
        return authAccounts(getAuth(app));
      }),
    ),
    spotify: lazySpotify(
      once(async () => {
        const { spotifyGateway } = await import("./spotify/gateway.js");
        return spotifyGateway({
          ...spotifyServers(),
          clientId: spotifyClientId.value(),
          clientSecret: spotifyClientSecret.value(),
        });
      }),
    ),
    catalog: lazyCatalog(
      once(async () => (await import("./spotify/catalog.js")).spotifyCatalog(spotifyServers())),
    ),
    push: lazyPush(
      once(async () => {
        const [{ getMessaging }, { fcmSender }] = await Promise.all([
          import("firebase-admin/messaging"),
          import("./notifications/fcm.js"),
        ]);
        return fcmSender(getMessaging(app), systemClock);
      }),
    ),
    tasks: {
      publishFeed: lazyQueue(async () => (await queues()).publishFeed),
      countFollowers: lazyQueue(async () => (await queues()).countFollowers),
      sweepShow: lazyQueue(async () => (await queues()).sweepShow),
      notify: lazyQueue(async () => (await queues()).notify),
    },
    rooms: chooseRooms(),
    roomEvents: lazyRoomEvents(
      once(async () => {
        const { livekitEvents } = await import("./audio/livekitEvents.js");
        return livekitEvents(livekitApiKey.value(), livekitApiSecret.value());
      }),
    ),
  };
}

function chooseRooms(): AudioRooms {
  if (audioProvider.value() === "none") return noRooms;
  // Settings are read at the first use: a function that was not given the secret must not ask for it.
  return lazyRooms(
    once(async () => {
      const settings = livekitSettings();
      if (settings === null) return unconfiguredRooms;
      return (await import("./audio/livekitRooms.js")).livekitRooms(settings);
    }),
    once(async () => {
      const settings = livekitSettings();
      if (settings === null) return unconfiguredRooms;
      return (await import("./audio/livekitAccess.js")).livekitAccess(settings);
    }),
  );
}

function choosePayments(): Payments {
  return lazyPayments(
    once(async () => {
      const secretKey = stripeSecretKey.value();
      if (secretKey === "") return noPayments;
      const { stripePayments } = await import("./payments/stripePayments.js");
      const stripe = stripePayments({ secretKey, apiUrl: stripeApiUrl.value() });
      return payments.value() === "stripe" ? stripe : noNewPayments(stripe);
    }),
  );
}

function livekitSettings() {
  const url = livekitUrl.value();
  const apiKey = livekitApiKey.value();
  const apiSecret = livekitApiSecret.value();
  if (url === "" || apiKey === "" || apiSecret === "") return null;
  const apiUrl = livekitApiUrl.value() || url.replace(/^ws/, "http");
  const callsPerMinute = livekitCallsPerMinute.value();
  return { url, apiUrl, apiKey, apiSecret, clock: systemClock, callsPerMinute };
}
