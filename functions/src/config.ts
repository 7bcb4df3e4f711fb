import {
  defineInt,
  defineList,
  defineSecret,
  defineString,
  expr,
  projectID,
  select,
} from "firebase-functions/params";

export { declaredParams } from "firebase-functions/params";

export const spotifyClientId = defineString("SPOTIFY_CLIENT_ID", {
  description: "The client id of the app in Spotify's developer dashboard.",
});
export const spotifyClientSecret = defineSecret("SPOTIFY_CLIENT_SECRET");
export const spotifyRedirectUris = defineList("SPOTIFY_REDIRECT_URIS", {
  description: "The redirect URIs that the apps sign in with, as registered at Spotify.",
});
export const spotifyAccountsUrl = defineString("SPOTIFY_ACCOUNTS_URL", {
  default: "https://accounts.spotify.com",
});
export const spotifyApiUrl = defineString("SPOTIFY_API_URL", {
  default: "https://api.spotify.com/v1",
});
/** JSON: key version → 32 bytes in base64, and optionally `primary`, the version that encrypts (default: the highest). */
export const spotifyCredentialKeys = defineSecret("SPOTIFY_CREDENTIAL_KEYS");

/**
 * The shortest interval between two counts of a small show's audience: 1 s or more. Larger shows are counted less
 * often.
 */
export const audienceIntervalSeconds = defineInt("AUDIENCE_INTERVAL_SECONDS", { default: 5 });

/** The shortest interval between two digests of a show with up to 1,000 listeners: 1 s or more. */
export const digestIntervalSeconds = defineInt("DIGEST_INTERVAL_SECONDS", { default: 2 });

/**
 * How long a person counts as present without a LiveKit connection and without a heartbeat, which apps send every 60
 * s.
 */
export const presenceGraceSeconds = defineInt("PRESENCE_GRACE_SECONDS", { default: 150 });

/**
 * App Check, which distinguishes calls of the real app from those of a script. `monitor` accepts every call and
 * writes the verdict into its log entry (`appCheck`); `enforce` refuses invalid calls. Enforce it once the log shows
 * that the apps in use send tokens.
 */
export const appCheck = defineString("APP_CHECK", {
  default: "monitor",
  input: select(["off", "monitor", "enforce"]),
});

/**
 * How many of the project's own proxies add to `X-Forwarded-For`: 1 for Google's front end, 2 with a load balancer in
 * front of it. Sign-ins are counted by the address that the first of them saw.
 */
export const trustedProxies = defineInt("TRUSTED_PROXIES", { default: 1 });

/** `none`: the project has no audio, and everything else works. */
export const audioProvider = defineString("AUDIO_PROVIDER", {
  default: "livekit",
  input: select(["livekit", "none"]),
});
export const livekitUrl = defineString("LIVEKIT_URL", {
  default: "",
  description: "The LiveKit server that apps connect to: wss://…",
});
export const livekitApiUrl = defineString("LIVEKIT_API_URL", {
  default: "",
  description: "Where LiveKit's server API answers, if not at LIVEKIT_URL.",
});
export const livekitApiKey = defineString("LIVEKIT_API_KEY", { default: "" });
export const livekitApiSecret = defineSecret("LIVEKIT_API_SECRET");

/**
 * How many calls a minute one instance makes to LiveKit's API; 0: no limit. LiveKit Cloud answers about 1,000 a
 * minute for a project. https://docs.livekit.io/home/cloud/quotas-and-limits/
 */
export const livekitCallsPerMinute = defineInt("LIVEKIT_CALLS_PER_MINUTE", { default: 600 });

/**
 * `off`: creators cannot open an account for support, and nobody can support them. Refunds and Stripe's events still work
 * while the secrets are set. Creators' support links always work.
 */
export const payments = defineString("PAYMENTS", {
  default: "off",
  input: select(["off", "stripe"]),
});
export const stripeSecretKey = defineSecret("STRIPE_SECRET_KEY");
/** The signing secret of the endpoint for events on connected accounts. */
export const stripeWebhookSecret = defineSecret("STRIPE_WEBHOOK_SECRET");
export const stripeApiUrl = defineString("STRIPE_API_URL", { default: "https://api.stripe.com" });

/**
 * `web_only`: support is given on the web alone, and not while the creator's show plays music. `anywhere` needs an
 * agreement with Spotify, and one with each app store.
 */
export const supportMode = defineString("SUPPORT_MODE", {
  default: "web_only",
  input: select(["web_only", "anywhere"]),
});

/** Ambient's share of each payment, in hundredths of a percent: 500 is 5 %. */
export const supportFeeBasisPoints = defineInt("SUPPORT_FEE_BASIS_POINTS", { default: 0 });

/** The origins to which Stripe's pages may send people back, such as https://ambient.example. */
export const supportReturnOrigins = defineList("SUPPORT_RETURN_ORIGINS", { default: [] });

/** How long payments are kept, for the tax office. No country of the EU demands more than ten years. */
export const supportRetentionYears = defineInt("SUPPORT_RETENTION_YEARS", { default: 10 });

/** How old a person must be to accept the terms. */
export const minimumAge = defineInt("MINIMUM_AGE", { default: 16 });

/** How long after its time a scheduled show that nobody started is cancelled. */
export const noShowHours = defineInt("NO_SHOW_HOURS", { default: 24 });

/** How long a draft is kept after its creator's last change. */
export const draftRetentionDays = defineInt("DRAFT_RETENTION_DAYS", { default: 90 });

/** How long an ended show's comments, participants, requests to speak, reactions and bans are kept. */
export const conversationRetentionDays = defineInt("CONVERSATION_RETENTION_DAYS", { default: 30 });

/** How long an ended show's plays are kept. Its summary stays. */
export const playsRetentionDays = defineInt("PLAYS_RETENTION_DAYS", { default: 90 });

/** Where the web app and shared links (`/s/{showId}`) are, such as https://ambient.example. */
export const appUrl = defineString("APP_URL", {
  default: expr`https://${projectID}.web.app`,
});
/** The apps that open shared links (Android App Links, iOS Universal Links); empty: none. */
export const androidPackage = defineString("ANDROID_PACKAGE", { default: "" });
export const androidCertificateFingerprints = defineString("ANDROID_CERTIFICATE_FINGERPRINTS", {
  default: "",
  description: "SHA-256 fingerprints as Play Console shows them, separated by commas.",
});
export const iosAppId = defineString("IOS_APP_ID", {
  default: "",
  description: "The team id, a dot, and the bundle id.",
});

/** How many notifications a person's devices get on one day; the inbox has them all. */
export const notificationsPerDay = defineInt("NOTIFICATIONS_PER_DAY", { default: 10 });

/** However often a show's time changes within this interval, people are notified once, at its end: 1 s or more. */
export const movesIntervalSeconds = defineInt("MOVES_INTERVAL_SECONDS", { default: 300 });

/** How long the inbox keeps a notification. */
export const inboxRetentionDays = defineInt("INBOX_RETENTION_DAYS", { default: 30 });

export const REPORT_RETENTION_DAYS = 365;
/**
 * How long a report is kept after the last decision on it, and never less than the time in which that can be appealed.
 */
export const reportRetentionDays = defineInt("REPORT_RETENTION_DAYS", {
  default: REPORT_RETENTION_DAYS,
});

/**
 * How long a person can cancel the deletion of their account, in hours. 0: the deletion begins at once, and cannot be
 * cancelled.
 */
export const accountDeletionGraceHours = defineInt("ACCOUNT_DELETION_GRACE_HOURS", { default: 0 });

/** How long a show waits for its absent leading host. Then a cohost leads, or the show ends. */
export const hostGraceSeconds = defineInt("HOST_GRACE_SECONDS", { default: 300 });
